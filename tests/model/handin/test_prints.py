"""核对纸质件 of what was not locked: prints are remembered, else versions and backups are searched."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from model.document import backups, store
from model.exchange.checkcode import check_code
from model.forms.loader import shipped
from model.handin import prints
from model.handin.prints import Paper
from model.handin.verification import is_mixed, known_as, mixed, verify
from model.reading.reading import read
from tests.command import command
from tests.handed_in import changed, locked, settled, sound

NOON = datetime(2026, 4, 20, 12, 5)


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "自评簿.zpb"
    store.create(target, settled(sound()))
    return target


def known(path):
    answers = store.open_document(path).answers
    return known_as(path, read(shipped(), answers), answers)


def form_of(path, key="d"):
    return next(form for form in known(path).reading.forms if form.key == key)


def printed(path, moment=NOON, key="d"):
    code = check_code(form_of(path, key))
    prints.remember(path, store.open_document(path).answers, [Paper(code, "自评表", key)], moment)
    return code


def test_a_print_of_before_tells_when_it_was_made_and_what_differs_since(path):
    before = form_of(path).answers.text("i1.name")
    code = printed(path)
    changed(path, "d", "i1.name", "另一个指标")
    found = verify(code, known(path))
    assert (found.state, list(found.forms)) == ("past", ["d"])
    assert (
        "这是“自评表”没有定稿的打印件，2026-04-20 12:05 打印或导出。此后改了 1 处，与纸上不同。"
        in found.sentence
    )
    [difference] = found.differences
    assert (difference.cell, difference.before, difference.after) == ("i1.name", before, "另一个指标")


def test_a_print_of_now_tells_when_it_was_made(path):
    found = verify(printed(path), known(path))
    assert (found.state, found.differences) == ("print", ())
    assert "2026-04-20 12:05 打印或导出，内容与现在一致" in found.sentence


def test_a_mistyped_code_of_a_print_is_named(path):
    code = printed(path)
    changed(path, "d", "i1.name", "另一个指标")
    wrong = ("Z" if code[0] != "Z" else "Y") + code[1:]
    found = verify(wrong, known(path))
    assert (found.state, code in found.sentence) == ("near", True)


def test_remembering_is_no_edit_and_every_copy_has_it(path, tmp_path):
    before = store.saved_revision(path)
    code = printed(path)
    assert store.saved_revision(path) == before
    store.save_copy(path, tmp_path / "copy.zpb")
    answers = changed(path, "d", "i1.name", "另一个指标")
    store.save_as(path, tmp_path / "as.zpb", answers)
    for name in ("copy.zpb", "as.zpb"):
        assert prints.codes(tmp_path / name) == (code,)
        assert prints.print_of(tmp_path / name, code).moment == NOON


def test_the_prints_of_longest_ago_are_forgotten(path, monkeypatch):
    monkeypatch.setattr(prints, "MOST", 2)
    codes = []
    for n in range(3):
        changed(path, "d", "improvement", f"加强管理 {n}。")
        codes.append(printed(path, NOON + timedelta(days=n)))
    assert set(prints.codes(path)) == set(codes[1:])
    printed(path, NOON + timedelta(days=9), "p1")
    assert codes[1] not in prints.codes(path)
    assert codes[2] in prints.codes(path)


@pytest.mark.parametrize("value", [b"", b"x" * 40, b"2026-04-20T12:05:00" + b"x" * 99, "text"])
def test_a_damaged_entry_is_a_code_that_nobody_knows(path, value):
    code = printed(path)
    changed(path, "d", "i1.name", "另一个指标")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, f"print:{code}"))
        connection.commit()
    assert verify(code, known(path)).state == "unknown"


def test_a_print_that_nobody_remembers_is_found_in_a_backup(path):
    code = check_code(form_of(path))
    backups.make(path, now=NOON, name="送审前")
    changed(path, "d", "i1.name", "另一个指标")
    found = verify(code, known(path))
    assert found.state == "past"
    assert "内容与2026-04-20 12:05 的备份“送审前”相同。此后改了 1 处" in found.sentence
    assert [one.cell for one in found.differences] == ["i1.name"]


def test_a_damaged_backup_is_passed_by(path):
    code = check_code(form_of(path))
    copy = backups.make(path, now=NOON)
    changed(path, "d", "i1.name", "另一个指标")
    copy.write_bytes(copy.read_bytes()[:5000])
    assert verify(code, known(path)).state == "unknown"


def test_a_plain_print_of_what_was_locked_is_found_in_the_version(path):
    code = check_code(form_of(path))
    locked(path, store.open_document(path).answers)
    changed(path, "d", "i1.name", "另一个指标")
    found = verify(code, known(path))
    assert (found.state, found.page) == ("past", None)
    assert "没有定稿的打印件，内容与定稿 1相同" in found.sentence


def test_papers_of_several_prints_are_told(path):
    version = locked(path, store.open_document(path).answers)
    of_version = next(page for page in version.pages if page.key == "d")
    old, project = printed(path), printed(path, key="p1")
    changed(path, "d", "i1.name", "另一个指标")
    new = printed(path, NOON + timedelta(days=1))

    def verified(*codes):
        verdicts = [verify(code, known(path)) for code in codes]
        return is_mixed(verdicts), mixed(verdicts)

    assert verified(new, project) == (False, "")
    assert verified(new, new) == (False, "")
    both, said = verified(old, new)
    assert both
    assert old in said
    assert new in said
    both, said = verified(of_version.code, new)
    assert both
    assert "定稿 1：" in said
    assert "没有定稿的：" in said


def test_the_command_line_tells_a_print_of_before(path, capsys):
    code = printed(path)
    assert command(capsys, "verify", code, path)[0] == 0
    changed(path, "d", "i1.name", "另一个指标")
    result, out, _ = command(capsys, "verify", code, path)
    assert result == 1
    assert "→ 另一个指标" in out
