"""How the window calls a form, and what is done in more than one place of it."""

from model.reading.reading import Form

ACCOUNTS_NAME = "部门决算"
COMPUTED_HOLDS = "以计算值为准，代替原表数字"
_KINDS = {"project_declaration": "目标申报", "monitoring": "绩效监控", "transfer": "转移支付"}


def form_name(form: Form) -> str:
    """Return how the list calls a form; what is no self-evaluation of a project says its kind."""
    kind = form.definition.kind
    if form.definition.is_of_project:
        name = form.project or "未命名项目"
        return f"{name} · {_KINDS[kind]}" if kind in _KINDS else name
    return "目标申报表" if kind == "declaration" else "部门整体"
