"""How the window calls a form."""

from model.reading.reading import Form

ACCOUNTS_NAME = "部门决算"


def form_name(form: Form) -> str:
    """Return how the list calls a form."""
    if form.definition.kind == "project":
        return form.project or "未命名项目"
    return "目标申报表" if form.definition.kind == "declaration" else "部门整体"
