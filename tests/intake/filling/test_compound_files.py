"""A stream of a compound file is replaced: all others stay, wherever they lie.

1. larger, smaller, from the small sectors to the large ones: read back whole, by others too
2. other streams and storages are the same, byte for byte, and lie where they lay
3. tables grow with the file, beyond what the header can name
4. what is taken away leaves nothing behind
5. a damaged container is refused
"""

import struct

import pytest
import xlrd
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.filling.compound import with_stream
from intake.ole import STREAM, Compound
from model.basics.errors import UserError
from tests.intake.old_books import FREE, OF_LIST, OF_TABLE, container

BOOK = "Workbook"
OTHERS = {"\x05SummaryInformation": b"summary" * 30, "Macros": b"m" * 9000, "small": b"s" * 70}


def content(length, sign=b"w"):
    return bytes(sign[0] ^ (n * 31 % 251) for n in range(length))


def streams(data):
    file = Compound(data)
    return {entry.name: file.content(entry) for entry in file.directory if entry.kind == STREAM}


def audit(data):
    """Every sector belongs to one chain, one table or nobody; the header says how many tables there are."""
    file = Compound(data)
    count = len(data) // file.size - 1
    assert len(data) % file.size == 0
    chains = [file.chain(entry.first) for entry in file.directory[1:]
              if entry.kind == STREAM and entry.size >= file.cutoff]  # fmt: skip
    held = [sector for chain in chains for sector in chain]
    held += [*file.directories, *file.small_tables, *file.chain(file.directory[0].first)]
    held += [*file.tables, *file.lists]
    assert len(held) == len(set(held))
    assert max(held) < count <= len(file.table)
    free = [n for n in range(count) if file.table[n] == FREE]
    assert sorted([*held, *free]) == list(range(count))
    assert all(file.table[n] == OF_TABLE for n in file.tables)
    assert all(file.table[n] == OF_LIST for n in file.lists)
    assert struct.unpack_from("<I", data, 44)[0] == len(file.tables)
    assert struct.unpack_from("<I", data, 72)[0] == len(file.lists)
    return free


# ---- 1 -------------------------------------------------------------------------------------------

SIZES = [0, 1, 63, 64, 65, 511, 4095, 4096, 4097, 20_000, 70_000]


@pytest.mark.parametrize("shift", [9, 12])
@pytest.mark.parametrize("before", SIZES)
@pytest.mark.parametrize("after", SIZES)
def test_1_a_stream_of_any_size_becomes_one_of_any_other(before, after, shift):
    data = container({**OTHERS, BOOK: content(before)}, shift)
    done = with_stream(data, BOOK, content(after, b"n"))
    assert streams(done) == OTHERS | {BOOK: content(after, b"n").ljust(4096, b"\0")}
    audit(done)


def test_1_xlrd_reads_what_was_written():
    data = container({**OTHERS, BOOK: content(9000)})
    done = with_stream(data, BOOK, content(30_000))
    assert xlrd.compdoc.CompDoc(done).get_named_stream(BOOK) == content(30_000)


def test_1_the_last_sector_may_be_cut():
    whole = container({BOOK: content(9000)})
    file = Compound(whole)
    assert len(streams(with_stream(whole[:-200], BOOK, content(20_000)))[BOOK]) == 20_000
    assert file.size == 512


def test_1_the_name_is_found_whatever_its_case():
    done = with_stream(container({"WORKBOOK": content(5000)}), BOOK, content(6000))
    assert streams(done)["WORKBOOK"] == content(6000)


# ---- 2 -------------------------------------------------------------------------------------------


def test_2_the_others_lie_where_they_lay():
    data = container({**OTHERS, BOOK: content(5000), "behind": b"z" * 6000})
    done = with_stream(data, BOOK, content(50_000))
    for name in ("Macros", "behind"):
        number = Compound(data).numbers[name.lower()]
        old, new = Compound(data).directory[number], Compound(done).directory[number]
        assert old == new
        at = 512 * (old.first + 1)
        assert data[at : at + old.size] == done[at : at + old.size]
    assert len(done) - len(data) < 50_000


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 12_000), min_size=1, max_size=6), st.integers(0, 60_000), st.sampled_from([9, 12])
)
def test_2_any_streams_beside_it_stay(sizes, after, shift):
    others = {f"stream{n}": content(length, b"o") for n, length in enumerate(sizes)}
    data = container({BOOK: content(4500), **others}, shift)
    done = with_stream(data, BOOK, content(after))
    assert streams(done) == others | {BOOK: content(after).ljust(4096, b"\0")}
    audit(done)


def test_2_a_chain_that_runs_on_into_another_stream_takes_nothing_of_it():
    """As some exports leave it: the last sector says that it goes on with the directory."""
    data = bytearray(container({BOOK: content(5000), "behind": b"z" * 6000}))
    file = Compound(bytes(data))
    *_, last = file.chain(file.directory[1].first)
    struct.pack_into("<I", data, 512 * (file.tables[0] + 1) + 4 * last, file.directories[0])
    for length in (4200, 9000):
        done = with_stream(bytes(data), BOOK, content(length))
        assert streams(done) == {BOOK: content(length), "behind": b"z" * 6000}


# ---- 3 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [6_000_000, 7_200_000, 16_000_000])
def test_3_tables_grow_beyond_what_the_header_names(length):
    data = container({**OTHERS, BOOK: content(5000)})
    big = b"0123456789abcdef" * (length // 16)
    done = with_stream(data, BOOK, big)
    assert streams(done) == OTHERS | {BOOK: big}
    audit(done)
    assert bool(Compound(done).lists) is (length > 109 * 128 * 512)
    assert xlrd.compdoc.CompDoc(done).get_named_stream(BOOK) == big


def test_3_a_file_that_has_such_tables_keeps_them():
    big = b"0123456789abcdef" * 500_000
    data = container({**OTHERS, BOOK: content(5000), "pictures": big})
    assert Compound(data).lists
    done = with_stream(data, BOOK, content(9_000_000 // 100) * 100)
    assert streams(done)["pictures"] == big
    audit(done)
    assert len(Compound(done).lists) == 2


# ---- 4 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [3000, 60_000])
def test_4_nothing_of_the_old_content_is_left(before):
    data = container({**OTHERS, BOOK: b"SECRET TEXT " * (before // 12)})
    done = with_stream(data, BOOK, b"")
    assert b"SECRET" not in done
    assert bool(audit(done)) is (before > 4096)


# ---- 5 -------------------------------------------------------------------------------------------


def damaged():
    data = container({**OTHERS, BOOK: content(9000)})
    entry = Compound(data).directory[Compound(data).numbers["workbook"]]
    table = 512 * (Compound(data).tables[0] + 1)
    circle = bytearray(data)
    struct.pack_into("<I", circle, table + 4 * entry.first, entry.first)
    away = bytearray(data)
    struct.pack_into("<I", away, table + 4 * entry.first, 99_999)
    twice = bytearray(data)
    struct.pack_into("<I", twice, 80, Compound(data).tables[0])
    return [
        bytes(circle),
        bytes(away),
        bytes(twice),
        container(OTHERS),
        data[:100],
        b"",
        b"\xd0\xcf\x11\xe0" * 400,
    ]


@pytest.mark.parametrize("number", range(7))
def test_5_a_damaged_container_is_refused(number):
    with pytest.raises(UserError):
        with_stream(damaged()[number], BOOK, content(9000))
