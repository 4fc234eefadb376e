"""File names of what is exported: {year}-{unit}-…, none twice in a run."""

from collections import Counter
from collections.abc import Iterator

from model.accounts.accounts import Accounts
from model.basics.file_names import safe_name
from model.document.answers import FormKey
from model.paper.layout import DRAFT
from model.reading.reading import Form

_DRAFT = f"（{DRAFT}）"
_LONGEST_PART = 22  # characters of unit and project in a file name
_OF_PROJECTS = {
    "project_declaration": "项目目标申报表",
    "monitoring": "绩效监控表",
    "transfer": "转移支付自评表",
}
FORM_NAMES = {
    "department": "整体绩效自评表",
    "project": "项目自评表",
    "declaration": "目标申报表",
} | _OF_PROJECTS


class Names:
    """Gives each piece of a run a file name, and none twice; projects are numbered by year and unit."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._projects: Counter[tuple[str, str]] = Counter()
        self._stems: dict[tuple[int, FormKey], str] = {}

    def of(self, form: Form, is_draft: bool, what: str = "") -> str:
        """{year}-{unit}-整体绩效自评表, -目标申报表, or {year}-{unit}-{nn}-{项目名称}-项目自评表.

        `what` names another piece of the same form. The name of a draft ends in （草稿）.
        """
        name = safe_name(f"{self._stem(form)}-{what or FORM_NAMES[form.definition.kind]}")
        return self._free(name + _DRAFT * is_draft)

    def _stem(self, form: Form) -> str:
        """All pieces of a form begin alike."""
        known = id(form), form.key
        if known not in self._stems:
            self._stems[known] = "-".join(part[:_LONGEST_PART] for part in self._parts(form))
        return self._stems[known]

    def _parts(self, form: Form) -> Iterator[str]:
        yield from (form.answers.year, form.answers.unit or "未填单位")
        if form.definition.kind == "project":
            document = form.answers.year, form.answers.unit
            self._projects[document] += 1
            yield f"{self._projects[document]:02}"
        if form.definition.is_of_project:
            yield form.project or "未填项目名称"

    def of_document(self, first: Form | Accounts, is_draft: bool, what: str) -> str:
        """{year}-{unit}-…: the name of a file about all forms of a document, or about its final accounts."""
        unit = first.answers.unit or "未填单位"
        name = safe_name(f"{first.answers.year}-{unit}-{what}")
        return self._free(name + _DRAFT * is_draft)

    def _free(self, name: str) -> str:
        found = next(n for n in _numbered(name) if n.lower() not in self._taken)
        self._taken.add(found.lower())
        return found


def _numbered(name: str) -> Iterator[str]:
    yield name
    n = 2
    while True:
        yield f"{name}（{n}）"
        n += 1
