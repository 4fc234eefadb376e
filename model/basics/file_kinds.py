"""What a file is that was taken for another, told by how it begins: in words that follow 是."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_BEGINNINGS = (
    (_OLE, "旧版 Excel 或 Word 文件（.xls、.et、.doc、.wps）"),
    (b"%PDF-", " PDF 文件"),
    (b"SQLite format 3\0", "自评簿或其他数据库文件"),
    (b"{\\rtf", " RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_IN_ZIP = (
    (b"xl/", " Excel 工作簿（.xlsx）"),
    (b"word/", " Word 文档（.docx）"),
    (b"ppt/", "演示文稿（.pptx）"),
)


def kind_of(data: bytes) -> str:
    """Return what the bytes of a file are, "" where that can't be told or they are text."""
    if data.startswith(_ZIP):
        return next((kind for folder, kind in _IN_ZIP if folder in data), "压缩包")
    return next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), "")
