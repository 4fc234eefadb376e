"""A file is what its bytes say, whatever its name; what is not read is refused by what it is."""

import pytest

from intake.kinds import decoded, sort_of
from intake.ole import MAGIC
from model.basics.errors import UserError
from tests.intake.grids import BAD, FILES
from tests.intake.making import zipped

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_every_sample_is_what_its_name_says(path):
    found = sort_of(path.read_bytes(), path.name)
    assert (found.kind, found.notes) == (path.suffix[1:], ())


@pytest.mark.parametrize(
    ("name", "kind"), [("a.xls", "xls"), ("a.et", "et"), ("a.xlsx", "xls"), ("a", "xls"), ("A.ET", "et")]
)
def test_the_name_only_tells_xls_from_et(name, kind):
    assert sort_of((FILES / "D14_财政局空白表.xls").read_bytes(), name).kind == kind


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"\0" * 5000, "文件是空的"),
        (b" \r\n", "文件是空的"),
        (MAGIC, "文件不完整"),
        (b"PK\x03\x04", "文件不完整"),
        (zipped({"a.txt": "x"}), "这是压缩包"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb"),
        (zipped({"ppt/presentation.xml": "x"}), "演示文稿"),
        (zipped({"mimetype": SPREADSHEET, "content.xml": "x"}), "ods"),
        (b"\x89PNG\r\n\x1a\n", "这是图片"),
        (b"\xff\xd8\xff\xe0", "这是图片"),
        (b"{\\rtf1", "RTF"),
        ("项目,金额\n甲,1".encode("gb18030"), "这是文本表格"),
        ("项目\t金额\n甲\t1".encode("utf-16"), "这是文本表格"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "这是网页"),
        (b"<html><body>x</body></html>", "这是网页"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML 表格",
        ),
        (b'<?xml version="1.0"?><a/>', "认不出的文件"),
        (b"\x01\x02\x03\x04", "认不出的文件"),
    ],
)
def test_what_is_not_read_is_refused_by_what_it_is(content, sentence):
    with pytest.raises(UserError, match=sentence):
        sort_of(content, "a.xls")


def test_a_password_is_said_for_the_program_that_takes_it_away():
    locked = (BAD / "password.xlsx").read_bytes()
    with pytest.raises(UserError, match="Excel/WPS 中去掉密码"):
        sort_of(locked, "a.xlsx")
    with pytest.raises(UserError, match="Word/WPS 中去掉密码"):
        sort_of(locked, "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts_are_read_in_their_encoding(encoding):
    text = decoded("项目支出绩效自评表".encode(encoding))
    assert text is not None
    assert text.lstrip("\ufeff") == "项目支出绩效自评表"
