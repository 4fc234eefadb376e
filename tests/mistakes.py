# ruff: noqa: E501
"""A small form and a regulation that are right, and every way to spoil them: what is replaced, by what, and
what the refusal must say."""

FORM = """
id = "small"
kind = "project"
edition = "2025"
region = "示例"
name = "项目自评表"
title = ["{year} 年度{unit}项目自评表"]
running_title = "{year} 年度 · {project}"
source = "示例"
regulation = "wuhan"
money_unit = "万元"
execution_points = 20
goal_parts = ["text"]
goal_points = true
widths_mm = [20, 50, 50, 50]

[look]
side_mm = 20
top_mm = 17
text_pt = 10.5
pitch = 1.36
row_mm = 7.4
commas = false

[[level1]]
name = "产出指标"
points = 50

[[level1]]
name = "效益指标"
points = 30

[[field]]
id = "project_name"
caption = "项目名称"
required = true

[[field]]
id = "category"
caption = "项目类别"
kind = "choice"
choices = ["1、部门", "2、专项"]

[[block]]
kind = "fields"
tab = "基本情况"
rows = [
  [{ caption = "项目名称" }, { field = "project_name", span = 3 }],
  [{ caption = "项目类别" }, { field = "category", span = 2 }, { text = "无" }],
]

[[block]]
kind = "funds"
tab = "预算执行情况"
label = "资金"
columns = [
  { key = "budget", caption = "预算数" },
  { key = "executed", caption = "执行数" },
  { key = "score", caption = "得分" },
]
rows = [{ key = "total", caption = "总额", fixed = { score = "—" } }]

[[block]]
kind = "goals"
tab = "绩效目标与指标"
label = "目标"
columns = [{ key = "text", caption = "", span = 3 }]
patterns = { text = "目标{n}：{text}" }

[[block]]
kind = "indicators"
tab = "绩效目标与指标"
label = "指标"
columns = [
  { key = "level1", caption = "一级指标" },
  { key = "name", caption = "三级指标" },
  { key = "score", caption = "得分" },
]
per_goal = true
goal_captions = ["目标 {n}（{points} 分）"]
level1_pattern = "{name}（{points}分）"

[[block]]
kind = "notes"
tab = "绩效目标与指标"
lines = ["备注"]
"""

DECLARATION = """
id = "small"
kind = "declaration"
edition = "2025"
region = "示例"
name = "目标申报表"
appendix = "附表1"
title = ["目标申报表"]
running_title = "{year} 年{unit}目标申报表"
source = "示例"
regulation = "wuhan"
money_unit = "万元"
goal_parts = ["text"]
goal_terms = ["长期目标", "年度目标"]
widths_mm = [20, 50, 50, 25, 25]

[look]
side_mm = 20
top_mm = 17
text_pt = 10.5
pitch = 1.36
row_mm = 7.4
commas = true

[[field]]
id = "until"
caption = "截止年份"
at = "key"

[[field]]
id = "overall"
caption = "长期目标"
kind = "long"
at = "overall_goals"
key = "长期目标(截止{until}年)"
listed = true

[[block]]
kind = "fields"
tab = "绩效目标与指标"
label = "总目标"
rows = [
  [{ pattern = "长期目标(截止{until}年)", span = 4 }],
  [{ field = "overall", span = 4 }],
]

[[block]]
kind = "funds"
id = "shares"
tab = "预算执行情况"
widths_mm = [20, 25, 25, 25, 25, 25, 25]
label = "资金"
columns = [
  { key = "side", caption = "", above = ["资金情况"] },
  { key = "label", caption = "", above = ["资金情况"] },
  { key = "amount", caption = "{year}年" },
  { key = "share", caption = "占比" },
  { key = "two_years_before", caption = "前年" },
  { key = "year_before", caption = "上年" },
]
rows = [
  { key = "public", caption = "财政拨款", group = "收入构成" },
  { key = "own", caption = "单位资金", group = "收入构成" },
  { key = "income", caption = "合计", group = "收入构成", sums = ["public", "own"] },
]

[[block]]
kind = "rows"
tab = "预算执行情况"
id = "projects"
label = "项目"
columns = [
  { key = "name", caption = "项目名称" },
  { key = "amount", caption = "预算", kind = "money", span = 3 },
]

[[block]]
kind = "indicators"
tab = "绩效目标与指标"
term = "长期目标"
label = "长期指标"
columns = [{ key = "name", caption = "三级指标", span = 4 }]
per_goal = true
goal_text = true
goal_captions = ["长期目标{n}："]

[[block]]
kind = "indicators"
tab = "绩效目标与指标"
term = "年度目标"
label = "年度指标"
columns = [
  { key = "name", caption = "三级指标", span = 2 },
  { key = "year_before", caption = "上年", above = ["指标值"] },
  { key = "target", caption = "当年", above = ["指标值"] },
]
per_goal = true
goal_text = true
goal_captions = ["年度目标{n}："]
"""

REGULATION = """
id = "mine"
name = "示例规则"
source = "示例"

[quantitative]
reverse = "ratio"
source = "示例"

[qualitative]
source = "示例"
bands = [{ level = "达成", low = 0.8, high = 1 }, { level = "未达成", low = 0, high = 0.8 }]

[direction]
source = "示例"
doubtful = ["时间"]
clear = ["完成率"]

[grades]
source = "示例"
list = [{ name = "优", lowest = 90 }, { name = "差", lowest = 0 }]
"""


def changed(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


FORM_MISTAKES = [
    # a key is missing
    ('edition = "2025"\n', "", "edition：缺少这一项"),
    ("widths_mm = [20, 50, 50, 50]\n", "", "widths_mm：缺少这一项"),
    ("pitch = 1.36\n", "", "[look] pitch：缺少这一项"),
    ('caption = "项目类别"\nkind', "kind", "[field] 第 2 项 caption：缺少这一项"),
    ('{ key = "budget", caption = "预算数" }', '{ key = "budget" }', "[block] 第 2 项 [columns] 第 1 项 caption"),
    ('tab = "基本情况"\n', "", "[block] 第 1 项 tab：缺少这一项"),
    # a key is unknown
    ('region = "示例"', 'regoin = "示例"\nregion = "示例"', "regoin：不认识这一项"),
    ("commas = false", "commas = false\ncolour = 1", "[look] colour：不认识这一项"),
    ("required = true", "requird = true", "[field] 第 1 项 requird：不认识这一项"),
    ('name = "效益指标"', 'name = "效益指标"\nweight = 3', "[level1] 第 2 项 weight：不认识这一项"),
    ('label = "资金"', 'label = "资金"\nlines = []', "[block] 第 2 项 lines：不认识这一项"),
    ('{ caption = "项目名称" }', '{ caption = "项目名称", bold = true }', "[rows 第 1 行] 第 1 项 bold：不认识"),
    # the type is wrong
    ('id = "small"', "id = 3", "id：应为文字"),
    ('id = "small"', 'id = " "', "id：不能为空"),
    ('title = ["{year} 年度{unit}项目自评表"]', 'title = "自评表"', "title：应为方括号里的一列"),
    ('title = ["{year} 年度{unit}项目自评表"]', "title = []", "title：至少一行"),
    ('title = ["{year} 年度{unit}项目自评表"]', "title = [1]", "title：应为一列文字"),
    ("execution_points = 20", 'execution_points = "20"', "execution_points：应为不小于 0 的数字"),
    ("execution_points = 20", "execution_points = true", "execution_points：应为不小于 0 的数字"),
    ("execution_points = 20", "execution_points = nan", "execution_points：应为不小于 0 的数字"),
    ("execution_points = 20", "execution_points = inf", "execution_points：应为不小于 0 的数字"),
    ("execution_points = 20", "execution_points = -20", "execution_points：应为不小于 0 的数字"),
    ("points = 30", "points = -30", "[level1] 第 2 项 points：应为不小于 0 的数字"),
    ("goal_points = true", 'goal_points = "ja"', "goal_points：应为 true 或 false"),
    ("text_pt = 10.5", "text_pt = 0", "[look] text_pt：应为大于 0"),
    ("text_pt = 10.5", "text_pt = 1e400", "[look] text_pt：应为大于 0"),
    ("widths_mm = [20, 50, 50, 50]", "widths_mm = [nan, 50, 50, 50]", "widths_mm：应为一列大于 0 的毫米数"),
    ("widths_mm = [20, 50, 50, 50]", "widths_mm = [1e400]", "widths_mm：应为一列大于 0 的毫米数"),
    ("widths_mm = [20, 50, 50, 50]", "widths_mm = []", "widths_mm：应为一列大于 0 的毫米数"),
    ("[look]\n", "[[look]]\n", "[look]：应为一组“键 = 值”"),
    ("[look]\n", "look = 5\n[other]\n", "[look]：应为一组“键 = 值”"),
    ("rows = [{ key", 'rows = ["总额", { key', "[block] 第 2 项 [rows] 第 1 项：应为一组"),
    ('  [{ caption = "项目名称" }, { field = "project_name", span = 3 }],', "  3,", "rows：第 1 行应为方括号"),
    ('fixed = { score = "—" }', "fixed = { score = 0 }", "[rows] 第 1 项 fixed：应为一组“键 = 文字”"),
    # a choice that there is not
    ('kind = "project"', 'kind = "region"', "kind：不能是“region”，可以是 department、project、declaration"),
    ('regulation = "wuhan"', 'regulation = "mars"', "regulation：不能是“mars”"),
    ('money_unit = "万元"', 'money_unit = "美元"', "money_unit：不能是“美元”"),
    ('tab = "基本情况"', 'tab = "首页"', "[block] 第 1 项 tab：不能是“首页”"),
    ('kind = "notes"', 'kind = "picture"', "[block] 第 5 项 kind：不能是“picture”"),
    ('kind = "choice"', 'kind = "radio"', "[field] 第 2 项 kind：不能是“radio”"),
    ('{ key = "score", caption = "得分" },\n]\nper', '{ key = "last_score", caption = "得分" },\n]\nper', "“last_score”是程序自用的"),
    ('{ key = "score", caption = "得分" },\n]\nper', '{ key = "score", caption = "得分", kind = "text" },\n]\nper', "kind：不认识这一项"),
    ('{ key = "score", caption = "得分" },\n]\nper', '{ key = "checked", caption = "得分", kind = "date" },\n]\nper', "kind：不能是“date”，可以是 text、money、points、rate"),
    ('{ key = "score", caption = "得分" },\n]\nper', '{ key = "checked", caption = "得分", filled_by = "me" },\n]\nper', "filled_by：不能是“me”，可以是 clerk、others"),
    ('{ key = "budget",', '{ key = "spent",', "[block] 第 2 项 columns：缺少 key 为 budget 或 initial 的列"),
    ('{ text = "无" }', '{ computed = "sum" }', "[rows 第 2 行] 第 3 项 computed：不能是“sum”"),
    ('{ text = "无" }', '{ text = "无", align = "top" }', "align：不能是“top”"),
    ("per_goal = true", 'per_goal = true\nheading = "never"', "[block] 第 4 项 heading：不能是“never”"),
    ('fixed = { score = "—" }', 'fixed = { colour = "—" }', "fixed：不认识列“colour”"),
    ('required = true', 'required = true\nat = "back"', "[field] 第 1 项 at：不认识“back”"),
    ('required = true', 'required = true\nat = "funds_breakdown.999.by_income"', "at：不认识"),
    # spans and widths that do not fill
    ("widths_mm = [20, 50, 50, 50]", "widths_mm = [20, 50, 50, 51]", "widths_mm：各列宽与两边页边距合计应为 210"),
    ("side_mm = 20", "side_mm = 21", "widths_mm：各列宽与两边页边距合计应为 210"),
    ('label = "资金"', 'label = "资金"\nwidths_mm = [100]', "[block] 第 2 项 widths_mm：各列宽合计应为 170"),
    ('field = "project_name", span = 3', 'field = "project_name", span = 2', "[block] 第 1 项 rows：第 1 行各格合计应占 4 格"),
    ('field = "project_name", span = 3', 'field = "project_name", span = 0', "span：应为 1 到 100 的整数"),
    ('field = "project_name", span = 3', 'field = "project_name", span = 1.5', "span：应为 1 到 100 的整数"),
    ('caption = "", span = 3', 'caption = "", span = 4', "[block] 第 3 项 columns：至少一列，各列合计应占 3 格"),
    ('label = "资金"', 'label = "资金"\nlabel_span = 2', "[block] 第 2 项 columns：至少一列，各列合计应占 2 格"),
    # fields
    ('field = "category", span = 2', 'field = "kategory", span = 2', "field：没有编号为“kategory”的 [[field]]"),
    ('{ text = "无" }', '{ field = "category" }', "field：“category”应在 [[block]] 里出现一次，现出现 2 次"),
    ('field = "category", span = 2', 'text = "空", span = 2', "field：“category”应在 [[block]] 里出现一次，现出现 0 次"),
    ('{ text = "无" }', '{ text = "无", caption = "有" }', "caption：一格只能有"),
    ('id = "category"', 'id = "project_name"', "[field] 第 2 项 id：“project_name”出现了两次"),
    ('id = "category"', 'id = "year"', "[field] 第 2 项 id：“year”是程序自用的编号"),
    ('id = "category"', 'id = "i3.score"', "[field] 第 2 项 id：“i3.score”是程序自用的编号"),
    ('id = "category"', 'id = ""', "[field] 第 2 项 id：不能为空"),
    ('caption = "项目类别"', 'caption = "项目 名称"', "field：两个项目在交换文件里同为“项目名称”"),
    ('goal_parts = ["text"]', 'goal_echo = "项目类别"\ngoal_parts = ["text"]', "field：两个项目在交换文件里同为“项目类别”"),
    ('choices = ["1、部门", "2、专项"]\n', "", "[field] 第 2 项 choices"),
    ('kind = "choice"\n', "", "[field] 第 2 项 choices"),
    ('id = "project_name"', 'id = "project"', "没有编号为“project_name”的 [[field]]"),
    # parts that must be there once
    ('kind = "funds"', 'kind = "fields"', "[block] 第 2 项"),
    ('{ key = "executed", caption = "执行数" }', '{ key = "rate", caption = "执行率" }', "columns：缺少 key 为 executed 的列"),
    ('{ key = "name", caption = "三级指标" }', '{ key = "level2", caption = "二级指标" }', "columns：缺少 key 为 name 的列"),
    ('{ key = "score", caption = "得分" },\n]\nrows', '{ key = "budget", caption = "得分" },\n]\nrows', "key “budget”出现了两次"),
    ('rows = [{ key = "total", caption = "总额", fixed = { score = "—" } }]', "rows = []", "[block] 第 2 项 rows：至少一行"),
    ('rows = [{ key = "total"', 'rows = [{ key = "total", caption = "一" }, { key = "total"', "rows：key “total”出现了两次"),
    # goals
    ('goal_parts = ["text"]', 'goal_parts = ["text", "expected"]', "goal_parts：应与表上印的目标内容一致"),
    ('goal_parts = ["text"]', "goal_parts = []", "goal_parts：应与表上印的目标内容一致"),
    ('goal_captions = ["目标 {n}（{points} 分）"]\n', "", "goal_captions：per_goal = true 时要写明目标的标题"),
    ("goal_points = true\n", "", "goal_points：目标标题用到 {points} 时应为 true"),
    ('patterns = { text = "目标{n}：{text}" }', 'patterns = { actual = "{text}" }', "patterns：不认识列“actual”"),
    # points
    ('name = "效益指标"', 'name = "产出 指标"', "level1 name：“产出指标”出现了两次"),
    ("points = 30", "points = 20", "level1 points：与预算执行分值合计为 90，应为 100"),
    # patterns
    ('title = ["{year} 年度', 'title = ["{jahr} 年度', "title：不认识 {jahr}，可以用 {year}、{unit}、{project}"),
    ('running_title = "{year} 年度', 'running_title = "{year 年度', "running_title"),
    ('running_title = "{year} 年度', 'running_title = "{} 年度', "running_title：不认识 {}"),
    ('running_title = "{year} 年度', 'running_title = "{year:d} 年度', "running_title：不认识 {year:d}"),
    ('running_title = "{year} 年度', 'running_title = "{year!x} 年度', "running_title：不认识 {year!x}"),
    ('running_title = "{year} 年度', 'running_title = "{year.real} 年度', "running_title：不认识 {year.real}"),
    ('"目标{n}：{text}"', '"目标{n}：{txt}"', "[block] 第 3 项 patterns text：不认识 {txt}"),
    ('"目标 {n}（{points} 分）"', '"目标 {n}（{weight} 分）"', "goal_captions：不认识 {weight}"),
    ('level1_pattern = "{name}（{points}分）"', 'level1_pattern = "{name}}"', "level1_pattern：大括号不成对"),
    # no TOML at all
    ('id = "small"', "id = small", "不是有效的 TOML 文件"),
    ('id = "small"', 'id = "small"\nid = "twice"', "不是有效的 TOML 文件"),
    ("execution_points = 20", "execution_points = " + "9" * 5000, "不是有效的 TOML 文件"),
    ("execution_points = 20", "execution_points = " + "[" * 5000, "不是有效的 TOML 文件"),
]  # fmt: skip

DECLARATION_MISTAKES = [
    # points make it a scored form, which has funds
    ('goal_parts = ["text"]', 'execution_points = 20\ngoal_parts = ["text"]', '预算执行计分的表应有 kind = "funds" 的部分'),
    # terms
    ('goal_terms = ["长期目标", "年度目标"]', 'goal_terms = ["长期目标"]', 'kind = "indicators" 的部分应有 1 个'),
    ('goal_terms = ["长期目标", "年度目标"]', 'goal_terms = ["长期目标", "中期目标"]', "goal_terms：应与各 [[block]] 的 term"),
    ('term = "年度目标"\n', "", "goal_terms：应与各 [[block]] 的 term"),
    ('per_goal = true\n', "", "goal_terms：分目标种类时，指标部分的 per_goal 应为 true"),
    ('goal_captions = ["年度目标{n}："]', "", "goal_captions：per_goal = true 时要写明目标的标题"),
    # money
    ('{ key = "own", caption', '{ key = "public", caption', "[block] 第 2 项 rows：key “public”出现了两次"),
    ('{ key = "own", caption', '{ key = "Own", caption', "[block] 第 2 项 [rows] 第 2 项 key：应以小写字母开头，由小写字母、数字和下划线组成"),
    ('sums = ["public", "own"]', 'sums = ["public", "other"]', "[block] 第 2 项 rows sums：没有 key 为“other”的行"),
    ('sums = ["public", "own"]', 'sums = ["public", "income"]', "[block] 第 2 项 rows sums：“income”合计到了自己"),
    ('sums = ["public", "own"]', 'sums = "public"', "rows] 第 3 项 sums：应为方括号里的一列"),
    ('id = "shares"', 'id = "projects"', "block id：首字母不能是 g 或 i，也不能与别的表格相同"),
    ('{ key = "share", caption = "占比" }', '{ key = "rate", caption = "占比" }', "columns：缺少 key 为 executed 的列"),
    ('  { key = "share", caption = "占比" },\n', "", "columns：至少一列，各列合计应占 6 格"),
    ('  { key = "amount", caption = "{year}年" },', '  { key = "amount", caption = "{jahr}年" },', "caption：不认识 {jahr}"),
    ('above = ["资金情况"] },\n  { key = "label"', 'above = "资金情况" },\n  { key = "label"', "above：应为方括号里的一列"),
    # rows that the user adds
    ('id = "projects"', 'id = "items"', "block id：首字母不能是 g 或 i，也不能与别的表格相同"),
    ('id = "projects"', 'id = "项目"', "[block] 第 3 项 id：应以小写字母开头，由小写字母、数字和下划线组成"),
    ('{ key = "name", caption = "项目名称" }', '{ key = "amount", caption = "项目名称" }', "key “amount”出现了两次"),
    ('kind = "money"', 'kind = "date"', "[columns] 第 2 项 kind：不能是“date”，可以是 text、money"),
    # a field in a caption and in a key
    ('pattern = "长期目标(截止{until}年)"', 'pattern = "长期目标(截止{bis}年)"', "pattern：不认识 {bis}"),
    ('pattern = "长期目标(截止{until}年)"', 'caption = "长期目标"', "field：“until”应在 [[block]] 里出现一次，现出现 0 次"),
    ('pattern = "长期', 'caption = "长期", pattern = "长期', "caption：一格只能有 caption、pattern"),
    ('key = "长期目标(截止{until}年)"\n', "", 'at = "key" 的项目应在另一个项目的 key 里出现一次'),
    ('key = "长期目标(截止{until}年)"', 'key = "长期目标(截止{overall}年)"', "field key：不认识 {overall}"),
    ('label = "总目标"\n', "", "[block] 第 1 项 rows：第 1 行各格合计应占 5 格"),
    ('at = "overall_goals"\n', 'at = "funds_breakdown.1.by_income"\n', "field at：没有资金部分的表没有 funds_breakdown"),
    ('listed = true', 'listed = "ja"', "[field] 第 2 项 listed：应为 true 或 false"),
    ('id = "until"', 'id = "p1"', "“p1”是程序自用的编号"),
    ('id = "until"', 'id = "shares.own"', "“shares.own”是程序自用的编号"),
]  # fmt: skip

REGULATION_MISTAKES = [
    ('id = "mine"\n', "", "id：缺少这一项"),
    ('name = "示例规则"\nsource = "示例"', 'name = "示例规则"\nsource = ""', "source：不能为空"),
    ('reverse = "ratio"\nsource = "示例"', 'reverse = "ratio"', "[quantitative] source：缺少这一项"),
    ('reverse = "ratio"', 'reverse = "cubic"', "[quantitative] reverse：不能是“cubic”，可以是 ratio、linear"),
    ('reverse = "ratio"', 'reverse = "ratio"\nplaces = 2', "[quantitative] places：不认识这一项"),
    ("[direction]", "[richtung]", "direction：缺少这一项"),
    ('doubtful = ["时间"]', 'doubtful = "时间"', "[direction] doubtful：应为方括号里的一列"),
    ("low = 0.8, high = 1", "low = 1, high = 0.8", "[qualitative] [bands] 第 1 项 low：应满足 low < high ≤ 1"),
    ("low = 0.8, high = 1", "low = 80, high = 100", "[qualitative] [bands] 第 1 项 low：应满足 low < high ≤ 1"),
    ("low = 0.8, high = 1", "low = -1, high = 1", "[qualitative] [bands] 第 1 项 low：应为不小于 0 的数字"),
    ('level = "未达成"', 'level = "达成"', "[qualitative] bands：至少一档，level 不能重复"),
    ("lowest = 90", "lowest = 0", "[grades] list：等级应从高到低排列"),
    ("lowest = 90", "lowest = -1", "[grades] [list] 第 1 项 lowest：应为不小于 0 的数字"),
    ("lowest = 90", 'lowest = 90, above = "ja"', "[grades] [list] 第 1 项 above：应为 true 或 false"),
    ('list = [{ name = "优", lowest = 90 }, { name = "差", lowest = 0 }]', "list = []", "[grades] list：等级应从高到低"),
]  # fmt: skip
