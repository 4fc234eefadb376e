"""Makes old workbooks record by record, and the containers they lie in, as Excel, WPS and others write them.

Written after [MS-XLS] and [MS-CFB] on its own: nothing of the program is used, so that it can't agree with
its mistakes. A sheet is a list of records; rows and columns count from 0 here, as they do in the file.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence

MOST = 8224
FREE, END, OF_TABLE, OF_LIST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
GENERAL, LOCKED_OPEN, WRAPS, TEXT_FORMAT, PERCENT, DATE, MONEY = range(15, 22)  # styles of `book`


def rec(number: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def bof(kind: int) -> bytes:
    return rec(0x809, struct.pack("<4H2I", 0x600, kind, 0x0DBB, 0x07CC, 0x41, 0x6))


# --- cells


def blank(row, column, style=GENERAL):
    return rec(0x201, struct.pack("<3H", row, column, style))


def blanks(row, first, styles):
    body = struct.pack(f"<2H{len(styles)}HH", row, first, *styles, first + len(styles) - 1)
    return rec(0xBE, body)


def rk(row, column, number, style=GENERAL):
    return rec(0x27E, struct.pack("<3Hi", row, column, style, number << 2 | 2))


def rks(row, first, numbers, style=GENERAL):
    cells = b"".join(struct.pack("<Hi", style, number << 2 | 2) for number in numbers)
    return rec(0xBD, struct.pack("<2H", row, first) + cells + struct.pack("<H", first + len(numbers) - 1))


def number(row, column, value, style=GENERAL):
    return rec(0x203, struct.pack("<3Hd", row, column, style, value))


def text(row, column, index, style=GENERAL):
    return rec(0xFD, struct.pack("<3HI", row, column, style, index))


def label(row, column, said, style=GENERAL):
    """A text that stands in the cell itself, as some exports write it."""
    return rec(0x204, struct.pack("<3H", row, column, style) + _said(said))


def truth(row, column, value, style=GENERAL):
    return rec(0x205, struct.pack("<3HBB", row, column, style, value, 0))


def formula(row, column, value, tokens=b"\x1e\x05\x00", style=GENERAL):
    """A formula with a number as its value, or with a text, which stands in a record behind it."""
    is_text = isinstance(value, str)
    result = b"\0" * 6 + b"\xff\xff" if is_text else struct.pack("<d", value)
    body = struct.pack("<3H", row, column, style) + result + struct.pack("<HI", 0, 0)
    given = rec(0x207, _said(value)) if is_text else b""
    return rec(0x06, body + struct.pack("<H", len(tokens)) + tokens) + given


def shared(row, column, last_row):
    """The formula that the cells of a column share: it stands behind the first of them."""
    body = struct.pack("<2H2BHH", row, last_row, column, column, 0x100, 3)
    return rec(0x4BC, body + b"\x1e\x05\0")


def of_shared(row, column):
    """What a cell says that has a shared formula."""
    return b"\x01" + struct.pack("<HH", row, column)


def row(number, first=0, last=8, height=300, flags=0x100, style=15):
    return rec(0x208, struct.pack("<6HHH", number, first, last, height, 0, 0, flags, style))


def size(rows, columns):
    return rec(0x200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def merged(*areas):
    return rec(0xE5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<4H", *area) for area in areas))


def column_width(first, last, digits):
    return rec(0x7D, struct.pack("<6H", first, last, digits * 256, 15, 0, 0))


def choices(area, tokens, refuses=True):
    """A drop-down list for an area (top, bottom, left, right)."""
    flags = 3 | 0x100 | (0x80000 if refuses else 0)
    texts = b"".join(struct.pack("<HB", 1, 0) + b"\0" for _ in range(4))
    formulas = struct.pack("<HH", len(tokens), 0) + tokens + struct.pack("<HH", 0, 0)
    return rec(0x1BE, struct.pack("<I", flags) + texts + formulas + struct.pack("<H4H", 1, *area))


def _said(said: str) -> bytes:
    return struct.pack("<HB", len(said.encode("utf-16-le")) // 2, 1) + said.encode("utf-16-le")


# --- the table of strings


def string(said: str, runs: int = 0, phonetic: bytes = b"") -> tuple[bytes, bytes, bytes]:
    """Head, characters and what follows of a string; narrow where it can be, as Excel writes it."""
    is_narrow = all(ord(character) < 256 for character in said)
    characters = said.encode("latin-1" if is_narrow else "utf-16-le")
    flags = (0 if is_narrow else 1) | (8 if runs else 0) | (4 if phonetic else 0)
    head = struct.pack("<HB", len(characters) // (1 if is_narrow else 2), flags)
    head += struct.pack("<H", runs) if runs else b""
    head += struct.pack("<I", len(phonetic)) if phonetic else b""
    return head, characters, struct.pack("<HH", 0, 5) * runs + phonetic


def table(strings: Sequence[tuple[bytes, bytes, bytes]], uses: int, most: int = MOST) -> bytes:
    """SST with its CONTINUE records, none of them longer than `most`; long texts go over their ends."""
    parts = [bytearray(struct.pack("<II", uses, len(strings)))]
    for head, characters, rest in strings:
        if len(parts[-1]) + len(head) + 2 > most:
            parts.append(bytearray())
        parts[-1] += head
        width = 1 + (head[2] & 1)
        while characters:
            room = (most - len(parts[-1])) // width * width
            parts[-1] += characters[:room]
            characters = characters[room:]
            if characters:
                parts.append(bytearray([width - 1]))
        while rest:
            room = most - len(parts[-1])
            if not room:
                parts.append(bytearray())
                continue
            parts[-1] += rest[:room]
            rest = rest[room:]
    return b"".join(rec(0xFC if n == 0 else 0x3C, bytes(part)) for n, part in enumerate(parts))


# --- the workbook


def _font(height=200):
    body = struct.pack("<5HBBBB", height, 0, 0x7FFF, 400, 0, 0, 0, 134, 0)
    return rec(0x31, body + b"\x02\x01\x8b\x5b\x53\x4f")


def _style(form=0, locked=True, wraps=False, is_parent=False):
    flags = (1 if locked else 0) | (0xFFF4 if is_parent else 0)
    return rec(0xE0, struct.pack("<3HBBBB2IH", 0, form, flags, 8 if wraps else 0, 0, 0, 0, 0, 0, 0x20C0))


_STYLES = (
    b"".join(_style(is_parent=True) for _ in range(15))
    + _style()
    + _style(locked=False)
    + _style(wraps=True)
    + _style(49)
    + _style(10)
    + _style(14)
    + _style(4)
)


def book(
    sheets: Mapping[str, Iterable[bytes]],
    strings: Sequence[str | tuple[bytes, bytes, bytes]] = ("",),
    more: bytes = b"",
    most: int = MOST,
    speeding: bool = True,
    computed: int | None = 0x1E5,
) -> bytes:
    """The stream of a workbook; `more` stands in its own part, before the strings."""
    made = [one if isinstance(one, tuple) else string(one) for one in strings]
    own = [bof(5), rec(0x42, b"\xb0\x04"), *[_font() for _ in range(4)], _STYLES]
    own += [rec(0x293, struct.pack("<HBB", 0x8000, 0, 0xFF))]
    if computed is not None:
        own += [rec(0x1C1, struct.pack("<2HI", 0x1C1, 0, computed))]
    head = b"".join(own)
    names = [_name(name) for name in sheets]
    behind = more + (table(made, len(made), most) if made else b"")
    behind += (rec(0xFF, struct.pack("<H", 8)) if speeding and made else b"") + rec(0x0A)
    at = len(head) + sum(10 + len(name) for name in names) + len(behind)
    bodies = [_sheet(list(records), speeding) for records in sheets.values()]
    bound = b""
    for name, body in zip(names, bodies, strict=True):
        bound += rec(0x85, struct.pack("<IH", at, 0) + name)
        at += len(body)
    return head + bound + behind + b"".join(bodies)


def _name(name: str) -> bytes:
    said = name.encode("utf-16-le")
    return struct.pack("<BB", len(said) // 2, 1) + said


def _sheet(records: list[bytes], speeding: bool) -> bytes:
    index = rec(0x20B, struct.pack("<4I", 0, 0, 9, 0)) if speeding else b""
    ends = rec(0x23E, struct.pack("<H2H2I", 0x6B6, 0, 0, 0, 0) + b"\0" * 4) + rec(0x0A)
    return bof(0x10) + index + b"".join(records) + ends


# --- the container


def container(streams: Mapping[str, bytes], shift: int = 9, cutoff: int = 4096) -> bytes:
    """A compound file with these streams in its root, small ones among the small sectors."""
    size, per = 1 << shift, (1 << shift) // 4
    sectors: list[bytes] = []
    table: list[int] = []

    def put(content: bytes) -> int:
        count = -(-len(content) // size)
        first = len(sectors)
        sectors.extend(content[n * size : (n + 1) * size].ljust(size, b"\0") for n in range(count))
        table.extend([*range(first + 1, first + count), END][:count])
        return first if count else END

    small, small_table = bytearray(), []
    entries = []
    for name, content in streams.items():
        if len(content) < cutoff:
            first, count = len(small_table), -(-len(content) // 64)
            small_table += [*range(first + 1, first + count), END][:count]
            small += content.ljust(count * 64, b"\0")
        else:
            first = put(content)
        entries.append((name, 2, first, len(content)))
    small_first = put(bytes(small)) if small else END
    small_list = put(b"".join(struct.pack("<I", n) for n in small_table).ljust(size, b"\xff"))
    entries.insert(0, ("Root Entry", 5, small_first, len(small)))
    directory = put(_directory(entries).ljust(-(-128 * len(entries) // size) * size, b"\0"))
    return _with_tables(sectors, table, shift, directory, small_list, per, cutoff)


def _directory(entries):
    """The root's child is the second entry, and each has the next one at its right."""
    made = b""
    for n, (name, kind, first, length) in enumerate(entries):
        right = n + 1 if 0 < n < len(entries) - 1 else FREE
        child = 1 if n == 0 and len(entries) > 1 else FREE
        said = name.encode("utf-16-le") + b"\0\0"
        made += said.ljust(64, b"\0") + struct.pack("<HBB3I", len(said), kind, 1, FREE, right, child)
        made += b"\0" * 36 + struct.pack("<IQ", first, length)
    return made


def _with_tables(sectors, table, shift, directory, small_list, per, cutoff):
    tables: list[int] = []
    lists: list[int] = []
    while len(tables) * per < len(sectors) + len(tables) + len(lists):
        tables.append(0)
        lists = [0] * max(0, -(-(len(tables) - 109) // (per - 1)))
    lists = [len(sectors) + n for n in range(len(lists))]
    tables = [len(sectors) + len(lists) + n for n in range(len(tables))]
    table = [*table, *[OF_LIST] * len(lists), *[OF_TABLE] * len(tables)]
    table += [FREE] * (len(tables) * per - len(table))
    named = tables + [FREE] * (109 + len(lists) * (per - 1) - len(tables))
    for n in range(len(lists)):
        start = 109 + n * (per - 1)
        following = lists[n + 1] if n + 1 < len(lists) else END
        sectors.append(struct.pack(f"<{per}I", *named[start : start + per - 1], following))
    sectors += [struct.pack(f"<{per}I", *table[n * per : (n + 1) * per]) for n in range(len(tables))]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<6H", 0x3E, 4 if shift == 12 else 3, 0xFFFE, shift, 6, 0) + b"\0" * 4
    head += struct.pack("<I", 1 if shift == 12 else 0)
    head += struct.pack("<4I", len(tables), directory, 0, cutoff)
    head += struct.pack("<4I", small_list, 1, lists[0] if lists else END, len(lists))
    head += struct.pack("<109I", *named[:109])
    return head.ljust(1 << shift, b"\0") + b"".join(sectors)
