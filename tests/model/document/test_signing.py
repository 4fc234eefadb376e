"""Who set something aside, and when: kept in the file beside the reason, and never for another's reason."""

import sqlite3
from datetime import datetime

import pytest

from model.document import signing, store
from model.document.answers import Answers, FormAnswers, Reply
from model.document.document import Document
from model.handout.parcel import Parcel, as_data, from_data

APRIL = datetime(2026, 4, 28, 16, 20, 59)
SIGNED = "2026-04-28 16:20 经办人甲"
AT = ("d", "i1.actual")


def signed_document(tmp_path, signed=SIGNED):
    path = tmp_path / "自评簿.zpb"
    answers = Answers({"d": FormAnswers("wuhan-department-2022", {"i1.name": "管理"})}, "示例单位", "2022")
    store.create(path, answers)
    stored, document = store.open_document(path), Document(answers)
    with document.edit("搁置") as edit:
        edit.set_reply(AT, "date-empty", "区里没有要求", "填报日期", signed)
    store.save(path, stored.revision, stored.answers, document.answers)
    return path


def reply_in(path):
    return store.open_document(path).answers.forms["d"].replies["date-empty", "i1.actual"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("经办人甲", "经办人甲，2026-04-28 16:20"),
        ("  经办人\n甲 ", "经办人 甲，2026-04-28 16:20"),
        ("", "2026-04-28 16:20"),
        ("甲" * 99, "甲" * 40 + "，2026-04-28 16:20"),
    ],
)
def test_it_is_said_with_name_and_minute(name, said):
    assert signing.in_words(signing.signature(name, APRIL)) == said


def test_what_nobody_signed_says_nothing():
    assert signing.in_words("") == ""


def test_it_lies_in_the_file(tmp_path):
    assert reply_in(signed_document(tmp_path)) == Reply("区里没有要求", "填报日期", SIGNED)


def test_a_program_that_does_not_know_it_reads_the_reason(tmp_path):
    path = signed_document(tmp_path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT text, found FROM answer").fetchall() == [
            ("区里没有要求", "填报日期")
        ]


def test_a_reason_written_by_a_program_that_does_not_know_it_is_nobody_s(tmp_path):
    path = signed_document(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE answer SET text = '另有说明，不必填'")
    connection.close()
    assert reply_in(path) == Reply("另有说明，不必填", "填报日期")


def test_it_goes_with_the_reason_and_with_its_signature(tmp_path):
    path = signed_document(tmp_path)
    for reply in (Reply("区里没有要求", "填报日期"), Reply("")):
        stored = store.open_document(path)
        form = stored.answers.forms["d"].with_reply("date-empty", "i1.actual", reply)
        store.save(path, stored.revision, stored.answers, stored.answers.with_form("d", form))
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT count(*) FROM text WHERE kind = 'signed'").fetchone() == (0,)


def test_the_last_signer_is_likely_the_next():
    replies = {
        ("a", "x"): Reply("说明一下", "", "2026-04-28 16:20 经办人乙"),
        ("b", "x"): Reply("说明一下", "", SIGNED),
        ("c", "x"): Reply("说明一下", "", "2026-04-27 23:59 经办人丙"),
    }
    forms = {
        key: FormAnswers("f", replies={at: reply})
        for key, (at, reply) in zip("dpq", replies.items(), strict=True)
    }
    assert signing.last_signer(Answers(forms)) == "经办人甲"
    assert signing.last_signer(Answers({})) == ""


def test_a_form_that_is_handed_out_keeps_it_and_an_older_program_reads_the_rest():
    form = FormAnswers("f", replies={("date-empty", "unit"): Reply("区里没有要求", "日期", SIGNED)})
    data = as_data(Parcel("x", "d", form))
    assert data["replies"] == [["date-empty", "unit", "区里没有要求", "日期"]]
    assert from_data(data).base.replies == form.replies
    del data["signed"]  # as an older program wrote it
    assert from_data(data).base.replies["date-empty", "unit"] == Reply("区里没有要求", "日期")
