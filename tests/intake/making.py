"""Makes small office files of a few lines of XML, as other programs write them."""

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of some parts."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return buffer.getvalue()


def relations(**targets: str) -> str:
    """Relations by kind: worksheet="worksheets/sheet1.xml"; their ids are the kinds."""
    lines = (
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def book_parts(
    rows: str, *, formats: tuple[str, ...] = (), book: str = "", sheet: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; style n is the nth of some formats, from 1."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code.replace("&", "&amp;").replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(formats, 1)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(1, len(formats) + 1))
    return {
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{book}'
        '<sheets><sheet name="表" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", styles="styles.xml"),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{sheet}</worksheet>",
    }


def document(body: str, **more: str | bytes) -> bytes:
    """A Word document with a body, and other parts by name (styles="…")."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(**{name: f"{name}.xml" for name in more}),
        "word/document.xml": f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        f' xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>',
    }
    return zipped(parts | {f"word/{name}.xml": content for name, content in more.items()})
