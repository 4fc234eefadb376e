"""How the window calls a form, and what is done in more than one place of it."""

from itertools import count

from model.document.answers import Answers, FormKey
from model.reading.reading import Form

ACCOUNTS_NAME = "部门决算"
COMPUTED_HOLDS = "以计算值为准，代替原表数字"
_KINDS = {"project_declaration": "目标申报", "monitoring": "绩效监控", "transfer": "转移支付"}


def name_of_copy(answers: Answers, key: FormKey) -> str:
    """Return how the copy of a project form is called: 名称（副本）, and numbered where that is taken."""
    taken = {form.text("project_name").strip() for _, form in answers}
    stem = f"{answers.forms[key].text('project_name').strip() or '未命名项目'}（副本"
    names = (f"{stem}{'' if n == 1 else n}）" for n in count(1))
    return next(name for name in names if name not in taken)


def form_name(form: Form) -> str:
    """Return how the list calls a form; what is no self-evaluation of a project says its kind."""
    kind = form.definition.kind
    if form.definition.is_of_project:
        name = form.project or "未命名项目"
        return f"{name} · {_KINDS[kind]}" if kind in _KINDS else name
    return "目标申报表" if kind == "declaration" else "部门整体"
