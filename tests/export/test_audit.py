"""docs/audit.md: every finding of the sixteen published forms, read by hand, as the program makes it."""

from pathlib import Path

import pytest

import main
from export.audit import UNREAD, read_verdicts
from tests.published import FOLDER

DOCS = Path(main.__file__).parent / "docs"
VERDICTS = DOCS / "audit-verdicts.tsv"
DOCUMENTS = ("hanyang_2024", "qiaokou_xiaoxue_2020", "qiaokou_xinxi_2022", "yueyang_2023")


@pytest.fixture(scope="module")
def audit(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("audit")
    documents = [folder / f"{name}.zpb" for name in DOCUMENTS]
    for name, document in zip(DOCUMENTS, documents, strict=True):
        forms = map(str, sorted(FOLDER.glob(f"{name}*.json")))
        assert main.main(["import", *forms, "-o", str(document)]) == 0
    out = folder / "audit.md"
    arguments = ["audit", *map(str, documents), "--verdicts", str(VERDICTS), "-o", str(out)]
    assert main.main(arguments) == 0
    return out.read_text("utf-8")


def test_the_audit_in_docs_is_what_the_program_finds_now(audit):
    assert audit == (DOCS / "audit.md").read_text("utf-8")


def test_it_names_all_sixteen_forms(audit):
    assert audit.count("\n### ") == 16 + 3  # and what three documents say between their forms


def test_every_finding_was_read_by_hand_and_none_is_wrong(audit):
    assert f"| {UNREAD} |" not in audit
    assert {verdict for verdict, _ in read_verdicts(VERDICTS).values()} == {"right"}


def test_no_verdict_is_about_a_finding_that_is_gone(audit):
    findings = sum(line.startswith("| ") and "| right |" in line for line in audit.splitlines())
    assert findings == len(read_verdicts(VERDICTS))
