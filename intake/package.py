"""An office file as a package of parts: XML without definitions, relations that stay within the package."""

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from intake import refusals
from intake.guard import name_of, open_zip, unpack

_OUTSIDE = ("://", "file:", "mailto:")


class Relation(NamedTuple):
    """What a part points to: the last word of the type ("worksheet"), the name of the part, or "" outside."""

    kind: str
    part: str


class Package:
    """The parts of an office file by name, whatever the case and slashes they are written with."""

    def __init__(self, data: bytes) -> None:
        self._zip = open_zip(data)
        self._parts = {name_of(part): part for part in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def bytes_of(self, name: str) -> bytes:
        """Return a part; raise UserError if it is not there or damaged."""
        part = self._parts.get(name.lower())
        if part is None:
            raise refusals.DAMAGED()
        return unpack(self._zip, part)

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part."""
        return parse_xml(self.bytes_of(name))

    def main_part(self, usual: str) -> str:
        """Return the name of the part that all others hang on."""
        found = [relation for relation in self.relations("").values() if relation.kind == "officeDocument"]
        return found[0].part if found and found[0].part in self else usual

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part points to, by id; "" is the package itself."""
        folder, base = posixpath.split(name)
        where = posixpath.join(folder, "_rels", f"{base}.rels")
        if where not in self:
            return {}
        found = {}
        for element in self.xml(where):
            if local(element) != "Relationship":
                continue
            kind = element.get("Type", "").rpartition("/")[2]
            outside = element.get("TargetMode") == "External"
            target = "" if outside else _inside(folder, element.get("Target", ""))
            found[element.get("Id", "")] = Relation(kind, target)
        return found


def _inside(folder: str, target: str) -> str:
    """The name of the part that a target means; "" for one that is not within the package."""
    path = target.replace("\\", "/").partition("#")[0]
    if any(sign in path.lower() for sign in _OUTSIDE):
        return ""
    found = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
    return "" if found.startswith("..") else found.lower()


def parse_xml(content: bytes) -> etree._Element:
    """Return the root of some XML; raise UserError where it is damaged, too deep or defines anything."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        raise (refusals.TOO_DEEP if deep else refusals.DAMAGED)() from None
    except (ValueError, etree.LxmlError):
        raise refusals.DAMAGED() from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise refusals.FORBIDDEN()
    return root


@lru_cache(maxsize=4096)
def _parts_of(tag: object) -> tuple[str, str]:
    """The namespace of a tag in braces, and its name; nothing for what is no element."""
    if not isinstance(tag, str):
        return "", ""
    space, brace, name = tag.rpartition("}")
    return space + brace, name


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace: both dialects of the standard read alike."""
    return _parts_of(element.tag)[1]


def attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute by its name without namespace: w:val, r:id."""
    found = element.get(_parts_of(element.tag)[0] + name)
    if found is None:
        found = element.get(name)
    if found is not None or not element.attrib:
        return found
    ends = "}" + name
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(ends)), None)


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the children of an element that have one of some names."""
    for inner in element if element is not None else ():
        if _parts_of(inner.tag)[1] in names:
            yield inner


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element at the end of a path of names, or None."""
    for name in path:
        if element is None:
            return None
        for inner in element:
            if _parts_of(inner.tag)[1] == name:
                element = inner
                break
        else:
            return None
    return element
