"""佐证材料 in the document: by content, once, never in the way of what is typed, never repeated."""

import os
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document as read_docx

from model.basics.errors import UserError
from model.checks.open_items import open_items
from model.document import backups, rescue, store
from model.document.document import Document
from model.forms.loader import shipped
from model.handin import attachments, versions
from model.reading.evidence import BLOCK, Evidence, evidence_of, in_bytes, lacking, new_row
from model.reading.reading import read
from tests.command import command
from tests.handed_in import locked, settled, sound

NOW = datetime(2026, 5, 6, 10, 12)
APPROVAL, PHOTO = b"%PDF approval" * 1000, b"\x89PNG photo" * 1000


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "自评簿.zpb"
    store.create(target, sound())
    return target


def with_evidence(path, *files, use=""):
    """Keep some contents and add their lines to the department form, as the window does."""
    stored = store.open_document(path)
    document = Document(stored.answers)
    rows = [
        new_row(
            Path(name).stem, name, attachments.put(path, content, name), len(content), use, datetime.now()
        )
        for name, content in files
    ]
    with document.edit("添加") as edit:
        edit.add_rows("d", BLOCK, 0, rows)
    store.save(path, stored.revision, stored.answers, document.answers)
    return document.answers


def test_a_content_is_kept_once_and_read_back(path):
    first = attachments.put(path, APPROVAL, "批复.pdf")
    assert attachments.put(path, APPROVAL, "另一个名字.pdf") == first
    attachments.put(path, PHOTO, "照片.png")
    assert len(attachments.kept(path)) == 2
    assert attachments.total(path) == len(APPROVAL) + len(PHOTO)
    assert attachments.content_of(path, first) == APPROVAL


@pytest.mark.parametrize(("size", "is_kept"), [(100, True), (101, False)])
def test_a_file_may_have_so_many_bytes(path, tmp_path, monkeypatch, size, is_kept):
    monkeypatch.setattr(attachments, "LARGEST", 100)
    file = tmp_path / "大.pdf"
    file.write_bytes(b"x" * size)
    if is_kept:
        assert len(attachments.read_file(file)) == size
    else:
        with pytest.raises(UserError, match="没有放入"):
            attachments.read_file(file)


@pytest.mark.parametrize(("size", "is_kept"), [(40, True), (41, False)])
def test_all_together_may_have_so_many(path, monkeypatch, size, is_kept):
    monkeypatch.setattr(attachments, "MOST", 100)
    attachments.put(path, b"a" * 60, "甲")
    attachments.put(path, b"a" * 60, "甲，再一次")
    if is_kept:
        attachments.put(path, b"b" * size, "乙")
    else:
        with pytest.raises(UserError, match="合起来超过"):
            attachments.put(path, b"b" * size, "乙")
    assert len(attachments.kept(path)) == 1 + is_kept


def test_a_file_that_goes_while_it_is_read_is_one_sentence(path, tmp_path, monkeypatch):
    file = tmp_path / "U盘上的.pdf"
    file.write_bytes(APPROVAL)

    def gone(self, mode):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", gone)
    with pytest.raises(UserError, match="无法放入“U盘上的"):
        attachments.read_file(file)
    monkeypatch.undo()
    with pytest.raises(UserError, match="找不到"):
        attachments.read_file(tmp_path / "没有.pdf")
    (tmp_path / "空.pdf").write_bytes(b"")
    with pytest.raises(UserError, match="空的"):
        attachments.read_file(tmp_path / "空.pdf")


def test_a_device_which_may_have_no_end_is_not_read():
    with pytest.raises(UserError, match="没有放入"):
        attachments.read_file(Path(os.devnull))


def test_a_file_that_grows_while_it_is_read_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 10)
    file = tmp_path / "还在复制.pdf"
    file.write_bytes(b"x" * 5)
    opened = Path.open

    def growing(self, mode):
        with opened(file, "ab") as more:
            more.write(b"x" * 30)
        return opened(self, mode)

    monkeypatch.setattr(Path, "open", growing)
    with pytest.raises(UserError, match="没有放入"):
        attachments.read_file(file)


def pages(path):
    data = path.read_bytes()
    return [data[n : n + 4096] for n in range(0, len(data), 4096)]


def test_a_key_writes_none_of_it(path):
    attachments.put(path, bytes(range(256)) * 40_000, "大.bin")  # 2,500 pages
    before = pages(path)
    stored = store.open_document(path)
    now = stored.answers.with_form("d", stored.answers.forms["d"].with_text("improvement", "加强。"))
    store.save(path, stored.revision, stored.answers, now)
    after = pages(path)
    assert len(after) <= len(before) + 2
    assert sum(one != other for one, other in zip(before, after, strict=False)) < 12


def test_backups_rescue_copies_and_versions_do_not_repeat_it(path, tmp_path):
    answers = with_evidence(path, ("批复.pdf", APPROVAL), ("大.bin", bytes(range(256)) * 4000))
    backup = backups.make(path)
    assert store.open_document(backup).answers == answers
    assert attachments.kept(backup) == frozenset()
    assert backup.stat().st_size < path.stat().st_size - 900_000
    rescue.keep(tmp_path / "救.zpb", path, 1, answers)
    assert attachments.kept(tmp_path / "救.zpb") == frozenset()
    store.save(path, store.open_document(path).revision, answers, settled(answers))
    locked(path, settled(answers))
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("SELECT length(content) FROM version").fetchone()
    assert size < 1_000_000
    with pytest.raises(UserError, match="备份"):
        attachments.content_of(backup, evidence_of(answers.forms["d"])[0].sha)


def test_copies_of_the_document_have_it(path, tmp_path):
    answers = with_evidence(path, ("批复.pdf", APPROVAL))
    [one] = evidence_of(answers.forms["d"])
    store.save_copy(path, tmp_path / "副本.zpb")
    store.save_as(path, tmp_path / "另存.zpb", answers)
    for copy in (tmp_path / "副本.zpb", tmp_path / "另存.zpb"):
        assert attachments.content_of(copy, one.sha) == APPROVAL


def test_thinning_and_going_back_orphan_nothing(path):
    answers = with_evidence(path, ("批复.pdf", APPROVAL))
    [one] = evidence_of(answers.forms["d"])
    backup = backups.make(path)
    stored = store.open_document(path)
    store.save(path, stored.revision, stored.answers, sound())  # the line is moved out
    for day in range(1, 40):
        backups.make(path, now=datetime(2026, 1 + day // 28, 1 + day % 28))
    earlier = store.open_document(backup).answers if backup.exists() else answers
    assert attachments.content_of(path, evidence_of(earlier.forms["d"])[0].sha) == APPROVAL
    assert one.sha in attachments.kept(path)


def spoil(path, sql, *values):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql, values)
        connection.commit()


def test_a_damaged_attachment_never_harms_the_document(path):
    answers = with_evidence(path, ("批复.pdf", APPROVAL), ("照片.png", PHOTO))
    photo = next(one for one in evidence_of(answers.forms["d"]) if one.file == "照片.png")
    spoil(path, "UPDATE attachment SET content = ? WHERE name != ?", b"broken", photo.sha)
    approval = next(one for one in evidence_of(answers.forms["d"]) if one.file == "批复.pdf")
    assert store.open_document(path).answers == answers
    with pytest.raises(UserError, match="已损坏"):
        attachments.content_of(path, approval.sha)
    assert attachments.content_of(path, photo.sha) == PHOTO


def test_pages_of_the_disk_that_are_lost_in_it_cost_it_alone(path):
    content = bytes(range(256)) * 4000
    answers = with_evidence(path, ("大.bin", content))
    data = bytearray(path.read_bytes())
    at = data.index(content[1000:3000])
    data[at : at + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    assert store.open_document(path).answers == answers
    with pytest.raises(UserError):
        attachments.content_of(path, evidence_of(answers.forms["d"])[0].sha)


# --- what it proves


def test_indicators_without_evidence_are_named_once_any_file_is_there(path):
    assert lacking(read(shipped(), sound()).forms[0]) == ()
    answers = with_evidence(path, ("批复.pdf", APPROVAL), use="i1")
    form = read(shipped(), answers).forms[0]
    rows = [row.id for row in lacking(form)]
    assert rows
    assert "i1" not in rows
    [item] = [one for one in open_items(read(shipped(), answers)) if one.kind == "evidence-missing"]
    assert (item.severity, item.address) == ("gap", ("d", "evidence.missing"))
    assert f"{len(rows)} 项指标没有佐证材料" in item.sentence
    whole = answers.forms["d"].with_text(f"{evidence_of(form.answers)[0].row}.use", " ".join([*rows, "i1"]))
    assert lacking(read(shipped(), answers.with_form("d", whole)).forms[0]) == ()


@pytest.mark.parametrize(
    ("size", "said"), [(1, "1 KB"), (48 * 1024, "48 KB"), (2**20 - 1, "1024 KB"), (2**20 * 6 // 5, "1.2 MB")]
)
def test_sizes_are_written_as_people_say_them(size, said):
    assert in_bytes(size) == said


@pytest.mark.parametrize(
    ("file", "kind"),
    [("批复.PDF", "PDF"), ("照片.jpeg", "图片"), ("a.et", "Excel"), ("a.xyz", "XYZ"), ("a", "文件")],
)
def test_kinds_are_told_by_the_suffix(file, kind):
    assert Evidence("e1", "", file, "", 0, "", ()).kind == kind


# --- in the hand-in


def test_the_hand_in_has_numbered_files_a_catalogue_and_one_zip(path, tmp_path, capsys):
    answers = with_evidence(path, ("批复.pdf", APPROVAL), ("现场 照片.png", PHOTO), use="i1")
    out = tmp_path / "out"
    assert command(capsys, "export", path, "--what", "all", "--to", "pdf", "--out", out)[0] == 0
    folder = out / "佐证材料"
    assert sorted(file.name for file in folder.iterdir()) == ["01_批复.pdf", "02_现场 照片.png", "目录.pdf"]
    assert (folder / "01_批复.pdf").read_bytes() == APPROVAL
    [archive] = out.glob("*佐证材料.zip")
    with zipfile.ZipFile(archive) as found:
        assert found.namelist() == ["01_批复.pdf", "02_现场 照片.png", "manifest.json"]
        assert found.read("02_现场 照片.png") == PHOTO
        manifest = found.read("manifest.json").decode()
    for one in evidence_of(answers.forms["d"]):
        assert one.sha in manifest
    listed = (out / "文件清单.txt").read_text("utf-8-sig")
    assert "佐证材料/01_批复.pdf" in listed
    assert evidence_of(answers.forms["d"])[0].sha in listed


def test_a_damaged_file_costs_its_own_line_of_the_hand_in(path, tmp_path, capsys):
    with_evidence(path, ("批复.pdf", APPROVAL), ("照片.png", PHOTO))
    spoil(path, "UPDATE attachment SET content = ? WHERE length(content) = ?", b"x", len(APPROVAL))
    _, _, error = command(capsys, "export", path, "--what", "all", "--to", "pdf", "--out", tmp_path / "out")
    assert "已损坏" in error
    assert (tmp_path / "out" / "佐证材料" / "02_照片.png").read_bytes() == PHOTO
    assert not (tmp_path / "out" / "佐证材料" / "01_批复.pdf").exists()


def test_the_catalogue_of_the_report_fills_itself(path, tmp_path, capsys):
    with_evidence(path, ("智慧校园批复.pdf", APPROVAL), use="i1")
    command(capsys, "export", path, "--what", "report", "--to", "docx", "--out", tmp_path / "out")
    [report] = (tmp_path / "out").glob("*整体绩效自评报告.docx")
    cells = [cell.text for table in read_docx(str(report)).tables for row in table.rows for cell in row.cells]
    assert "智慧校园批复" in cells


def test_a_locked_version_names_the_evidence(path):
    answers = settled(with_evidence(path, ("批复.pdf", APPROVAL), use="i1"))
    stored = store.open_document(path)
    store.save(path, stored.revision, stored.answers, answers)
    names = [file.name for file in locked(path, answers).files]
    assert "佐证材料目录.pdf" in names
    assert len(versions.listed(path)) == 1
