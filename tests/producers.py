"""What Excel, WPS and LibreOffice put on the clipboard for some cells: text and HTML as each writes it."""

import re
from collections.abc import Sequence
from html import escape

Rows = Sequence[Sequence[str]]
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_PER_CENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")


def text(rows: Rows) -> str:
    """Text as all three write it: tabs and ends of lines, quotes around what has an end of line or a tab."""
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in rows)


def _quoted(cell: str) -> str:
    if re.search("[\n\t]", cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def excel(rows: Rows) -> str:
    """HTML of Excel: comments around the fragment, classes, lines broken in the source, runs of blanks."""
    lines = []
    for n, row in enumerate(rows):
        cells = "".join(
            f"  <td {'height=19 ' if n == 0 else ''}class=xl6{k % 10} {_right(cell)}"
            f"style='border-left:none'>{_excel(cell)}</td>\n"
            for k, cell in enumerate(row)
        )
        lines.append(f" <tr height=19 style='height:14.4pt'>\n{cells} </tr>\n")
    width = "".join(" <col width=72 style='width:54pt'>\n" for _ in rows[0])
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">\n'
        "<head><meta name=ProgId content=Excel.Sheet>"
        '<style>\n<!--table\n\t{mso-displayed-decimal-separator:"\\.";}\ntd\n\t{white-space:nowrap;}\n-->\n'
        "</style>\n</head>\n<body link=blue>\n\n"
        f"<table border=0 cellpadding=0 style='border-collapse:\n collapse'>\n<!--StartFragment-->\n{width}"
        f"{''.join(lines)}<!--EndFragment-->\n</table>\n\n</body>\n\n</html>\n"
    )


def _right(cell: str) -> str:
    return "align=right " if _PLAIN.fullmatch(cell) or _PER_CENT.fullmatch(cell) else ""


def _excel(cell: str) -> str:
    found = re.sub(" {2,}", _run_of_blanks, escape(cell, quote=False)).replace("\n", "<br>\n    ")
    return found or "&nbsp;"


def _run_of_blanks(match: re.Match[str]) -> str:
    return f"<span style='mso-spacerun:yes'>{'&nbsp;' * (len(match[0]) - 1)} </span>"


def wps(rows: Rows) -> str:
    """HTML of WPS: each cell says whether it is a text or which number it holds."""
    lines = ("".join(f'<td class="et3" {_wps_kind(cell)}>{_wps(cell)}</td>' for cell in row) for row in rows)
    body = "".join(f'<tr height="18" style="height:14.25pt;">{line}</tr>' for line in lines)
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<head><meta name="Generator" content="WPS Office ET"/>'
        "<style>.font0{font-size:11.0pt;}</style></head><body><!--StartFragment-->"
        f'<table width="216" border="0" style="border-collapse:collapse;">{body}</table>'
        "<!--EndFragment--></body></html>"
    )


def _wps_kind(cell: str) -> str:
    if _PLAIN.fullmatch(cell):
        return f'x:num="{cell}"'
    if match := _PER_CENT.fullmatch(cell):
        return f'x:num="{float(match[1]) / 100!r}"'
    return "x:str" if cell else ""


def _wps(cell: str) -> str:
    return escape(cell, quote=False).replace("\n", "<br/>").replace("  ", "&nbsp; ")


def libreoffice(rows: Rows) -> str:
    """HTML of LibreOffice: stored values beside what is shown, fonts within the cells."""
    lines = ("".join(f"\t\t<td {_lo_kind(cell)}>{_lo(cell)}</td>\n" for cell in row) for row in rows)
    body = "".join(f"\t<tr>\n{line}\t</tr>\n" for line in lines)
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n\t<meta name="generator" content="LibreOffice"/>\n'
        '\t<style type="text/css">body,div,table{font-family:"Calibri"}</style>\n</head>\n<body>\n'
        f'<table cellspacing="0" border="0">\n\t<colgroup width="85"></colgroup>\n{body}</table>\n'
        "</body>\n</html>\n"
    )


def _lo_kind(cell: str) -> str:
    if _PLAIN.fullmatch(cell):
        return f'align="right" sdval="{cell}" sdnum="2052;"'
    if match := _PER_CENT.fullmatch(cell):
        return f'align="right" sdval="{float(match[1]) / 100!r}" sdnum="2052;0;0%"'
    return 'align="left"'


def _lo(cell: str) -> str:
    found = escape(cell, quote=False).replace("\n", "<br>").replace("  ", "&nbsp; ")
    return f'<font face="宋体" color="#000000">{found}</font>' if found else "<br>"


HTML = {"excel": excel, "wps": wps, "libreoffice": libreoffice}
