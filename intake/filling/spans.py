"""Where the elements of an XML part stand, in bytes: only what changes is ever written anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from intake import refusals


@dataclass
class Span:
    """An element: name as written (with its prefix), attributes, and from where to where it stands.

    `inner` is where its content begins and `last` where its end tag begins; both are `end` where the element
    is one empty tag.
    """

    tag: str
    attributes: Mapping[str, str]
    start: int
    inner: int = 0
    last: int = 0
    end: int = 0
    children: "list[Span]" = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name without prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, "" without one."""
        return self.tag[: -len(self.name)]

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag: <c/>."""
        return self.inner == self.end

    def get(self, name: str) -> str | None:
        """An attribute by its name without prefix."""
        found = self.attributes.get(name)
        if found is not None:
            return found
        return next((v for key, v in self.attributes.items() if key.rpartition(":")[2] == name), None)

    def child(self, *path: str) -> "Span | None":
        """The first element at the end of a path of names."""
        span: Span | None = self
        for name in path:
            span = next((one for one in span.children if one.name == name), None) if span else None
        return span

    def all(self, name: str) -> "list[Span]":
        """The children of a name."""
        return [one for one in self.children if one.name == name]


def spans_of(content: bytes, wanted: frozenset[str] | None = None) -> Span:
    """Return the root with all elements below it; with `wanted` only those of some names are kept.

    Raises UserError for a part that is damaged, defines entities, or is not written in UTF-8.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4].startswith(b"<\0"):
        raise refusals.DAMAGED()
    parser = expat.ParserCreate()
    stack: list[Span] = []
    roots: list[Span] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        span = Span(tag, attributes, start)
        span.inner = _tag_end(content, start)
        if stack and (wanted is None or span.name in wanted):
            stack[-1].children.append(span)
        elif not stack:
            roots.append(span)
        stack.append(span)

    def end(tag: str) -> None:
        span = stack.pop()
        at = parser.CurrentByteIndex
        is_empty = content[span.inner - 2 : span.inner] == b"/>"
        span.last = span.end = span.inner
        if not is_empty:
            span.last, span.end = at, _tag_end(content, at)

    def refuse(*_: object) -> None:
        raise refusals.FORBIDDEN()

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise refusals.DAMAGED() from None
    return roots[0]


def _tag_end(content: bytes, start: int) -> int:
    """Return where a tag ends; a > within quotes is none."""
    at, quote = start, 0
    while at < len(content):
        byte = content[at]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == 0x3E:
            return at + 1
        at += 1
    raise refusals.DAMAGED()


def spliced(content: bytes, changes: Mapping[tuple[int, int], bytes]) -> bytes:
    """Return the content with the bytes from..to replaced; a place where from is to gets bytes put in.

    Changes must not overlap.
    """
    out, at = bytearray(), 0
    for (start, end), new in sorted(changes.items(), key=lambda change: change[0]):
        if start < at:
            raise ValueError("changes overlap")
        out += content[at:start] + new
        at = end
    return bytes(out + content[at:])
