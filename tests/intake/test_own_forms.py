"""Every shipped form that the program writes it reads again: the same form, each text in its cell."""

import json

import pytest

from intake.reading import read_bytes
from model.exchange.exchange import write_exchange
from model.forms.loader import shipped
from model.recognition.adopt import adopted
from model.recognition.loader import vocabulary
from tests import judge
from tests.command import command
from tests.filled import filled

FORMS = sorted(shipped().forms)
WITH_REPORT = [key for key in FORMS if shipped().outline(key)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("forms")


def plain(text):
    return "".join(text.replace(",", "").split())


def exported(form_id, kind, folder, capsys):
    definition = shipped().form(form_id)
    source = folder / f"{form_id}.json"
    source.write_text(json.dumps(write_exchange(filled(definition), definition)), "utf-8")
    out = folder / f"{form_id}-{kind}"
    command(capsys, "export", source, "--to", kind, "--out", out)
    (path,) = out.iterdir()
    return read_bytes(path.name, path.read_bytes())


def reported(form_id, folder, capsys):
    """The report of the form in Word, which has the form behind its text; None where the form has none."""
    source = folder / f"{form_id}.json"
    definition = shipped().form(form_id)
    source.write_text(json.dumps(write_exchange(filled(definition), definition)), "utf-8")
    out = folder / f"{form_id}-report"
    command(capsys, "export", source, "--what", "report", "--to", "docx", "--out", out)
    paths = [path for path in out.iterdir() if "摘要" not in path.name] if out.exists() else []
    return read_bytes(paths[0].name, paths[0].read_bytes()) if paths else None


def must_be_read_right(form_id, incoming):
    (found,) = judge.forms_of(incoming)
    assert (found.data["form"], found.layout) == (form_id, form_id)
    assert not found.is_asked_about
    typed = filled(shipped().form(form_id)).texts
    read = adopted(found, shipped(), "表", vocabulary()).texts
    cells = sorted(typed.keys() | read.keys())
    said, back = ({cell: plain(texts.get(cell, "")) for cell in cells} for texts in (typed, read))
    assert back == said


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
@pytest.mark.parametrize("form_id", FORMS)
def test_what_a_shipped_form_says_comes_back(form_id, kind, folder, capsys):
    must_be_read_right(form_id, exported(form_id, kind, folder, capsys))


@pytest.mark.parametrize("form_id", WITH_REPORT)
def test_a_form_behind_a_report_is_found_with_nothing_of_the_report(form_id, folder, capsys):
    must_be_read_right(form_id, reported(form_id, folder, capsys))
