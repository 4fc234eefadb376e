"""Content controls in the cells of a .docx: filled inside, so that the bureau finds them again.

1. the control stays, with its tag and its list; the hint and what is bound over it go
2. lines stay lines, whether the control is around a paragraph or within one
3. a list takes what it offers, a locked control nothing; both are named
4. a control with a box to tick has the state that its box shows
"""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from intake.filling.docx import fill_docx
from intake.reading import read_bytes
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Place

HINT = "<w:showingPlcHdr/>"
LIST = (
    '<w:dropDownList><w:listItem w:displayText="是" w:value="1"/><w:listItem w:value="否"/></w:dropDownList>'
)
BOUND = '<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/>'


def blank(properties: str = HINT, inline: bool = True) -> bytes:
    """A row 名称 | ⟨control⟩ whose hint is written in a style of its own."""
    document = Document()
    cell = document.add_table(1, 2).cell(0, 1)
    document.tables[0].cell(0, 0).text = "名称"
    text = '<w:r><w:rPr><w:rStyle w:val="Hint"/></w:rPr><w:t>单击此处</w:t></w:r>'
    inside = text if inline else f"<w:p>{text}</w:p>"
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="name"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )
    paragraph = cell.paragraphs[0]._p
    if inline:
        paragraph.append(control)
    else:
        paragraph.addprevious(control)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(data: bytes, text: str):
    return fill_docx(data, [Edit(Place("表1", 1, 2, "table"), "write", text, "", "fields.name")])


def xml_of(data: bytes) -> str:
    return Document(io.BytesIO(data)).element.xml


@pytest.mark.parametrize("inline", [True, False], ids=["within", "around"])
@pytest.mark.parametrize("text", ["某中心", "第一行\n第二行"])
def test_the_control_stays_and_holds_the_text(inline, text):
    found = filled(blank(HINT + BOUND, inline), text)
    xml = xml_of(found.data)
    assert '<w:tag w:val="name"/>' in xml
    assert not any(gone in xml for gone in ("showingPlcHdr", "dataBinding", "单击此处", "Hint"))
    (sheet,) = read_bytes("表.docx", found.data).sheets
    assert [cell.text for cell in sheet.cells] == ["名称", text]


@pytest.mark.parametrize(("text", "count"), [("是", 1), ("否", 1), ("也许", 0)])
def test_a_list_takes_what_it_offers(text, count):
    found = filled(blank(HINT + LIST), text)
    assert (len(found.plan.edits), len(found.plan.missing)) == (count, 1 - count)
    assert "dropDownList" in xml_of(found.data)


@pytest.mark.parametrize(("lock", "count"), [("contentLocked", 1), ("sdtLocked", 0)])
def test_what_is_locked_stays(lock, count):
    data = blank(f'<w:lock w:val="{lock}"/>')
    found = filled(data, "某中心")
    assert len(found.plan.locked) == count
    assert (found.data == data) == bool(count)


BOX = '<w14:checkbox><w14:checked w14:val="{}"/><w14:checkedState w14:val="2612"/></w14:checkbox>'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@pytest.mark.parametrize("ticked", ["☑经常性 □一次性", "□经常性 ☑一次性"])
def test_a_box_has_the_state_that_it_shows(ticked):
    document = Document()
    paragraph = document.add_table(1, 2).cell(0, 1).paragraphs[0]._p
    for text, state in (("经常性 ", 0), ("一次性", 0)):
        paragraph.append(
            parse_xml(
                f"<w:sdt {nsdecls('w')} {W14}><w:sdtPr>{BOX.format(state)}</w:sdtPr>"
                "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )
        paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>'))
    buffer = io.BytesIO()
    document.save(buffer)
    found = filled(buffer.getvalue(), ticked)
    (sheet,) = read_bytes("表.docx", found.data).sheets
    assert sheet.cells[-1].text.replace("☐", "□") == ticked
    assert xml_of(found.data).count("<w14:checkbox>") == 2
