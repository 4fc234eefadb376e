"""A form is one file (.zpf): what is in it, what is refused and how, the library and documents that have it.

1. what goes in comes out: definition, rules, the blank byte by byte, where it is from
2. what is damaged, of a newer version, too large when unpacked, or wrong within is refused in one sentence
3. the library takes forms of files before those of the same id; taken out, the old one is back
4. a folder of forms takes .zpf files; two of one id are refused
5. a document carries the forms it is filled in by: it opens where nobody has them, later versions or not
"""

import io
import json
import zipfile

import pytest

from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying
from model.filling.blank import blank_form
from model.forms import zpf
from model.forms.loader import shipped, unpacked, with_folder
from model.reading.reading import read
from tests.builders import NATIONAL
from tests.bureaus import D09, D10, bureau, learnt


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(name: str, old: str, new: str) -> bytes:
    parts = entries(bureau(D09).file.data)
    text = parts[name].decode()
    assert old in text
    return packed(parts | {name: text.replace(old, new).encode()})


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        unpacked(shipped(), data, "区.zpf")
    return str(caught.value)


def document(library, form_id: str) -> Answers:
    form = blank_form(library.form(form_id), "示例中心", "2025").with_text("project_name", "示例项目")
    return Answers({"p1": form}, "示例中心", "2025")


def test_1_what_goes_in_comes_out():
    made = bureau(D09)
    again = unpacked(shipped(), made.file.data, "区.zpf")
    assert (again.form.id, again.blank) == (made.file.form.id, made.blank)
    assert again.origin == zpf.Origin(D09, "项目支出绩效自评表", "2026-11-30", "通行规则")
    assert again.regulation is not None
    assert again.regulation.grade(shipped().regulations["national"].grades[0].lowest) == "优"
    assert again.digest == made.file.digest


def test_2_a_newer_version_asks_for_a_newer_program():
    said = refusal(changed("origin.json", '"min_reader": 2', '"min_reader": 3'))
    assert said == "“区.zpf”是更新版本的自评簿做的表样，这个版本读不了。请升级程序后再添加。"


@pytest.mark.parametrize(
    ("definition", "oldest"),
    [
        ('id = "own"\n[[block]]\nkind = "funds"\n', 1),
        ('id = "own"\nfull_marks = 110\n', 2),
        ('id = "own"\n[[given]]\nname = "培训"\n', 2),
        ('id = "own"\n[[block]]\nkind = "goals"\n[[block]]\nkind = "funds"\nall_rates = true\n', 2),
        ('id = "own"\nname = "given all_rates full_marks"\n', 1),
    ],
)
def test_2_a_form_says_how_old_a_program_may_be_that_reads_it(definition, oldest):
    said = json.loads(entries(zpf.pack(definition, "", zpf.Origin(), b""))["origin.json"])
    assert (said["version"], said["min_reader"]) == (2, oldest)


def test_2_a_program_of_before_says_that_it_is_too_old(monkeypatch):
    data = bureau(D09).file.data  # whose rows of money have a rate each
    monkeypatch.setattr(zpf, "VERSION", 1)
    assert "是更新版本的自评簿做的表样" in refusal(data)


def test_2_a_later_file_that_this_program_can_still_read_is_read():
    data = changed("origin.json", '"version": 2', '"version": 7, "more": {}')
    assert unpacked(shipped(), data, "区.zpf").form.id == bureau(D09).file.form.id


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "project"', 'kind = "poem"', "区.zpf form.toml：kind：不能是“poem”"),
        ('key = "name"', 'key = "nome"', "缺少 key 为 name 的列"),
        ("scored = true", "scored = true\nweather = 1", "weather：不认识这一项"),
    ],
)
def test_2_a_wrong_entry_is_named(old, new, said):
    assert said in refusal(changed("form.toml", old, new))


def test_2_what_is_no_form_or_damaged_is_said_so():
    data = bureau(D09).file.data
    assert refusal(b"") == "“区.zpf”不完整或不是表样文件。" + zpf._AGAIN
    assert "不完整" in refusal(data[:-40])
    assert "不是表样文件" in refusal(packed({"form.toml": b""}))
    assert "不是表样文件" in refusal(changed("origin.json", "ziping.zpf", "ziping.song"))
    at = data.index(b"PK", data.index(b"blank")) - 200  # within the blank
    assert "不完整" in refusal(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_2_a_bomb_is_not_unpacked():
    parts = entries(bureau(D09).file.data)
    bomb = packed(parts | {"form.toml": b" " * (3 * 2**20)})
    assert len(bomb) < 2**20
    assert refusal(bomb) == "“区.zpf”里的内容不正常，没有读入。" + zpf._AGAIN
    assert "超过 32 MB" in refusal(bytes(zpf.MOST_BYTES + 1))


def test_3_the_form_of_a_file_goes_before_that_of_the_same_id():
    made = bureau(D09)
    renamed = changed("form.toml", f'id = "{made.file.form.id}"', f'id = "{NATIONAL}"')
    library = shipped().with_own([unpacked(shipped(), renamed, "区.zpf"), made.file])
    assert library.form(NATIONAL).is_learned
    assert set(library.own) == {NATIONAL, made.file.form.id}
    assert len(library.forms) == len(shipped().forms) + 1
    back = library.without_own(NATIONAL)
    assert not back.form(NATIONAL).is_learned
    assert made.file.form.id in back.forms


def test_4_a_folder_of_forms_takes_them_and_refuses_two_of_one_id(tmp_path):
    for name in (D09, D10):
        (tmp_path / f"{name}.zpf").write_bytes(bureau(name).file.data)
    assert set(with_folder(tmp_path).own) == {bureau(name).file.form.id for name in (D09, D10)}
    (tmp_path / "again.zpf").write_bytes(bureau(D09).file.data)
    with pytest.raises(UserError, match=r"是同一种表样（编号 own-\w+）。请移走其中一个"):
        with_folder(tmp_path)


def test_5_a_document_opens_where_nobody_has_its_form(tmp_path):
    made, path = bureau(D09), tmp_path / "a.zpb"
    answers = document(made.library, made.file.form.id)
    store.create(path, carrying(made.library, answers))
    stored = store.open_document(path).answers
    assert stored == answers
    assert stored.carried == {made.file.form.id: made.file.data}
    (form,) = read(shipped(), stored).forms
    assert form.definition.name == "项目支出绩效自评表"
    assert form.regulation.source == shipped().regulations["national"].source


def test_5_a_form_that_is_no_longer_used_is_no_longer_carried(tmp_path):
    made, path = bureau(D09), tmp_path / "a.zpb"
    answers = carrying(made.library, document(made.library, made.file.form.id))
    revision = store.create(path, answers)
    other = carrying(made.library, answers.with_form("p1", blank_form(shipped().form(NATIONAL), "", "2025")))
    store.save(path, revision, answers, other)
    assert store.open_document(path).answers.carried == {}


def test_5_a_document_keeps_the_version_that_it_was_filled_in_by():
    made = bureau(D09)
    answers = carrying(made.library, document(made.library, made.file.form.id))
    newer = learnt(D09, made.blank, made.found._replace(name="新的名称"))
    assert newer.file.form.id == made.file.form.id
    assert newer.file.digest != made.file.digest
    (form,) = read(newer.library, answers).forms
    assert form.definition.name == "项目支出绩效自评表"


def test_5_a_carried_form_that_cannot_be_read_is_a_sentence_not_a_crash():
    made = bureau(D09)
    answers = document(made.library, made.file.form.id)
    broken = Answers(answers.forms, "示例中心", "2025", {made.file.form.id: b"PK"})
    with pytest.raises(UserError, match="自评簿里的表样"):
        read(shipped(), broken)
    assert read(made.library, broken).forms  # which has it itself


def test_1_the_origin_is_plain_json():
    said = json.loads(entries(bureau(D09).file.data)["origin.json"])
    assert (said["schema"], said["version"], said["blank"]) == ("ziping.zpf", 2, D09)
