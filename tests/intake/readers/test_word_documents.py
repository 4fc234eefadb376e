"""Word documents hold their texts in many ways: all that shows is read, nothing that does not."""

import pytest

from intake.reading import read_bytes
from model.recognition.incoming import Mark, SeenCell, SeenSheet
from tests.intake.making import WORD, document, relations, zipped


def paragraph(*runs: str, more: str = "") -> str:
    return f"<w:p>{more}{''.join(runs)}</w:p>"


def run(text: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, more: str = "") -> str:
    inside = content if content.startswith("<") else paragraph(run(content))
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def control(content: str, more: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def sheet(body: str, **more: str) -> SeenSheet:
    (found,) = read_bytes("a.docx", document(body, **more)).sheets
    return found


def seen(*content: str) -> SeenCell:
    """The one cell of a document with that content."""
    (found,) = sheet(table(row(cell("".join(content))))).cells
    return found


def layout(found: SeenSheet) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.place.row, c.place.column, c.rows, c.columns) for c in found.cells]


def test_texts_of_runs_and_paragraphs_are_joined():
    text = paragraph(run("年度"), run("指标值")) + paragraph(run("　（万元）"))
    assert seen(text).text == "年度指标值\n　（万元）"


def test_breaks_tabs_and_hyphens_are_text():
    text = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t>"
    assert seen(paragraph(text + '<w:br w:type="page"/><w:softHyphen/></w:r>')).text == "甲\n乙\t丙-丁"


def test_empty_paragraphs_at_both_ends_are_no_text():
    assert seen(paragraph() + paragraph(run("甲")) + paragraph()).text == "甲"


def test_what_was_inserted_or_moved_here_is_read_and_marked():
    for kind in ("ins", "moveTo"):
        found = seen(paragraph(run("9 间"), f"<w:{kind}>{run('多')}</w:{kind}>"))
        assert (found.text, found.marks) == ("9 间多", {Mark.TRACKED})


def test_what_was_deleted_or_moved_away_is_not_read_and_marked():
    gone = "<w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
    assert seen(paragraph(gone, run("9"))) == seen(paragraph(run("9")))._replace(
        marks=frozenset({Mark.TRACKED})
    )
    assert seen(paragraph(f"<w:moveFrom>{run('8')}</w:moveFrom>", run("9"))).text == "9"


def test_rows_that_were_deleted_are_gone_and_inserted_ones_marked():
    found = sheet(
        table(row(cell("甲")), row(cell("乙"), more="<w:del/>"), row(cell("丙"), more="<w:ins/>"))
    ).cells
    assert [(c.text, c.marks) for c in found] == [("甲", set()), ("丙", {Mark.TRACKED})]


def test_hidden_text_is_not_read():
    hidden, shown = "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'
    assert seen(paragraph(run("藏", hidden), run("现", shown))).text == "现"


def test_controls_around_texts_cells_and_rows_are_looked_through():
    body = table(
        control(row(cell("甲"), control(cell("乙")))),
        row(cell(paragraph(control(run("丙")))), cell(control(paragraph(run("丁"))))),
    )
    assert [c.text for c in sheet(body).cells] == ["甲", "乙", "丙", "丁"]


def test_a_hint_is_no_text_but_its_cell_stays():
    hint = "<w:showingPlcHdr/>"
    body = table(
        row(cell(paragraph(control(run("单击此处"), hint))), cell("甲")),
        row(control(cell("单击此处"), hint), cell("乙")),
    )
    assert [c.text for c in sheet(body).cells] == ["", "甲", "", "乙"]


@pytest.mark.parametrize(
    ("box", "text"),
    [
        ('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', "☑"),
        ('<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>', "□"),
        ("<w14:checkbox/>", "□"),
    ],
)
def test_a_box_to_tick_shows_its_state(box, text):
    assert seen(paragraph(control(run("☒"), box), run("是"))).text == f"{text}是"


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("<w:checked/>", "☑"),
        ('<w:checked w:val="0"/>', "□"),
        ('<w:default w:val="1"/>', "☑"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "□"),
        ("", "□"),
    ],
)
def test_an_old_box_to_tick_shows_its_state(state, text):
    begin = (
        f"<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>"
    )
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    assert seen(paragraph(f"<w:r>{begin}</w:r>", code, end, run("是"))).text == f"{text}是"


def test_of_a_field_the_result_is_text_and_the_code_is_not():
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    code = "<w:r><w:instrText> =SUM(ABOVE) </w:instrText></w:r>"
    assert (
        seen(paragraph(mark("begin"), code, run("x"), mark("separate"), run("98"), mark("end"))).text == "98"
    )
    assert seen(paragraph(f"<w:fldSimple w:instr='DATE'>{run('2024年')}</w:fldSimple>")).text == "2024年"


@pytest.mark.parametrize(
    ("font", "code", "text"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "□"),
        ("Wingdings", "F06F", "□"),
        ("Wingdings", "F0FC", "√"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "F0A3", "□"),
        ("Wingdings 2", "F050", "√"),
        ("Wingdings 2", "0052", "☑"),
    ],
)
def test_symbols_are_what_they_look_like(font, code, text):
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert seen(paragraph(symbol)).text == text
    letter = chr(int(code, 16))
    assert seen(paragraph(run(letter, f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'))).text == text


def test_a_symbol_that_is_not_known_is_a_sign_for_that():
    assert seen(paragraph('<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r>')).text == "\ufffd"


def test_automatic_numbers_are_no_text_and_marked():
    number = '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
    none = '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
    assert seen(paragraph(run("甲"), more=number)).marks == {Mark.NUMBERED}
    assert seen(paragraph(run("甲"), more=none)).marks == set()
    assert seen(paragraph(more=number)).marks == set()


def test_automatic_numbers_come_by_style_too():
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    styles += '</w:pPr></w:style><w:style w:styleId="2"><w:basedOn w:val="1"/></w:style></w:styles>'
    body = "".join(
        cell(paragraph(run("甲"), more=f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')) for style in (1, 2, 3)
    )
    assert [bool(c.marks) for c in sheet(table(row(body)), styles=styles).cells] == [True, True, False]


def test_a_text_box_is_a_line_said_once():
    def box(text: str) -> str:
        return f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"

    drawn = f"<mc:Choice><w:drawing><wps:txbx>{box('新')}</wps:txbx></w:drawing></mc:Choice>"
    drawn += f"<mc:Fallback><w:pict><v:textbox>{box('旧')}</v:textbox></w:pict></mc:Fallback>"
    assert (
        seen(paragraph(run("甲"), f"<w:r><mc:AlternateContent>{drawn}</mc:AlternateContent></w:r>")).text
        == "甲\n新"
    )
    assert (
        seen(paragraph(f"<w:r><w:pict><v:textbox>{box('旧')}</v:textbox></w:pict></w:r>")).text.strip()
        == "旧"
    )


def test_a_table_in_a_cell_is_text_of_the_cell():
    inner = table(row(cell("内"), cell("里")), row(cell("下"), cell("")))
    outer = table(row(cell(paragraph(run("甲")) + inner + paragraph()), cell("乙")))
    assert [c.text for c in sheet(outer).cells] == ["甲\n内 里\n下", "乙"]


def test_cells_stand_on_the_grid_of_columns():
    span, skip = '<w:gridSpan w:val="2"/>', '<w:gridBefore w:val="1"/>'
    body = table(row(cell("甲", span), cell("乙")), row(cell("丙"), cell("丁"), more=skip))
    assert layout(sheet(body)) == [
        ("甲", 1, 1, 1, 2),
        ("乙", 1, 3, 1, 1),
        ("丙", 2, 2, 1, 1),
        ("丁", 2, 3, 1, 1),
    ]


def test_cells_merged_down_are_one():
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell("甲", first), cell("1")),
        row(cell(paragraph(), more), cell("2")),
        row(cell("乙", first), cell("3")),
        row(cell("丙"), cell("4", more)),
    )
    assert layout(sheet(body)) == [
        ("甲", 1, 1, 2, 1),
        ("1", 1, 2, 1, 1),
        ("2", 2, 2, 1, 1),
        ("乙", 3, 1, 1, 1),
        ("3", 3, 2, 1, 1),
        ("丙", 4, 1, 1, 1),
        ("4", 4, 2, 1, 1),  # goes on from nothing: a cell of its own
    ]


def test_text_below_a_merge_is_listed_aside():
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = sheet(table(row(cell("甲", first)), row(cell("藏", more)), row(cell("甲", more))))
    assert layout(found) == [("甲", 1, 1, 3, 1)]
    assert [(c.text, c.place.row) for c in found.aside] == [("藏", 2)]


def test_old_merges_across_make_the_left_cell_wider():
    body = table(row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("乙")))
    assert layout(sheet(body)) == [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1)]


def test_lines_stand_before_their_table_and_behind_the_last():
    found = read_bytes(
        "a.docx",
        document(
            paragraph(run("标题"))
            + table(row(cell("甲")))
            + control(paragraph(run("间")))
            + table(row(cell("乙")))
            + paragraph()
            + paragraph(run("备注"))
        ),
    ).sheets
    assert [(s.name, s.before, s.after) for s in found] == [
        ("表1", ("标题",), ()),
        ("表2", ("间",), ("备注",)),
    ]


def test_a_document_without_a_table_is_its_lines():
    found = sheet(paragraph(run("关于开展绩效自评的通知")))
    assert (found.cells, found.before) == ((), ("关于开展绩效自评的通知",))


def test_a_document_in_the_strict_dialect_under_another_name_reads_alike():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = table(row(cell("甲", '<w:gridSpan w:val="2"/>')))
    main = f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>'
    data = zipped({"_rels/.rels": relations(officeDocument="word/document2.xml"), "word/document2.xml": main})
    (found,) = read_bytes("a.docx", data).sheets
    assert layout(found) == [("甲", 1, 1, 1, 2)]


def test_a_table_that_is_a_mere_frame_is_looked_through():
    form = table(row(cell("项目名称"), cell("甲")), row(cell("指标"), cell("乙")))
    found = sheet(table(row(cell(paragraph(run("自评表")) + form + paragraph(run("备注"))))))
    assert (found.before, found.after) == (("自评表",), ("备注",))
    assert [c.text for c in found.cells] == ["项目名称", "甲", "指标", "乙"]
