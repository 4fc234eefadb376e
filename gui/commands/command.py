"""What a command is: a line of a menu with its key, its rule and what it does, declared in one place.

A group of commands is a plain class whose methods are declared so:

    @command(FILE, 210, "立即保存", key="Ctrl+S", icon="check", when=while_editing)
    def save_now(self) -> None: ...

`menus.py` makes menus of some groups, `groups.py` knows all of them and lists their keys.
"""

from collections.abc import Callable, Iterator, Sequence
from types import MethodType
from typing import Any, Generic, NamedTuple, TypeVar, overload

from PySide6.QtWidgets import QMenu

from gui.commands.workbench import Workbench

FILE, EDIT, FORM, CHECK, VIEW, HELP = (
    "文件(&F)",
    "编辑(&E)",
    "填报(&T)",
    "检查(&C)",
    "视图(&V)",
    "帮助(&H)",
)
MENUS = (FILE, EDIT, FORM, CHECK, VIEW, HELP)
# where keys of no menu hold
EVERYWHERE, TABLE, FINDER, LIST, LIBRARY = "各处", "表格里", "查找时", "问题列表里", "选指标时"
EXPLANATION = "情况说明里"
OPEN_LIST = "交稿列表里"

Group = TypeVar("Group", contravariant=True)
Result = TypeVar("Result", covariant=True)
Rule = Callable[[Workbench], bool]


def always(bench: Workbench) -> bool:
    """It can be done at any time."""
    return True


def with_document(bench: Workbench) -> bool:
    """It needs an open document, which may be read-only."""
    return bench.is_open


def while_editing(bench: Workbench) -> bool:
    """It needs an open document that may be changed."""
    return bench.is_open and not bench.session.read_only


class Entry(NamedTuple):
    """A line of a menu.

    `at` orders the lines, a rule is drawn between the hundreds. `name` is the text of now where it changes.
    `is_on` says of what is switched or chosen whether it is so now: a tick stands before the line.
    `keys` do the same, the first is shown. `with_versions` says that it stands also beside an earlier
    version, which can only be looked at, `is_hinted` that the status line names it.
    """

    menu: str
    at: int
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    when: Rule = with_document
    name: Callable[[Workbench], str] | None = None
    with_versions: bool = False
    is_hinted: bool = False
    is_on: Rule | None = None

    @property
    def hint(self) -> str:
        """The line as the status line says it: F6 下一处未填."""
        return f"{self.keys[0]} {self.text}"


class _Declared(Generic[Group, Result]):
    """A method of a group and what is declared of it; taken from a group it is that method."""

    def __init__(self, entry: Entry, function: Callable[..., Result]) -> None:
        self.entry, self._function = entry, function
        self.__doc__ = function.__doc__

    def method_of(self, group: Any) -> Callable[..., Result]:
        """Return the method of a group."""
        return MethodType(self._function, group)


class Command(_Declared[Group, Result]):
    """Something that can be done."""

    @overload
    def __get__(self, group: None, owner: type) -> "Command[Group, Result]": ...
    @overload
    def __get__(self, group: Group, owner: type) -> Callable[[], Result]: ...
    def __get__(self, group: Group | None, owner: type) -> "Command[Group, Result] | Callable[[], Result]":
        return self if group is None else self.method_of(group)


class Submenu(_Declared[Group, None]):
    """Lines that are known only when the menu opens; the method fills it."""

    @overload
    def __get__(self, group: None, owner: type) -> "Submenu[Group]": ...
    @overload
    def __get__(self, group: Group, owner: type) -> Callable[[QMenu], None]: ...
    def __get__(self, group: Group | None, owner: type) -> "Submenu[Group] | Callable[[QMenu], None]":
        return self if group is None else self.method_of(group)


def command(
    menu: str,
    at: int,
    text: str,
    *,
    key: str | tuple[str, ...] = (),
    icon: str = "",
    when: Rule = with_document,
    name: Callable[[Workbench], str] | None = None,
    with_versions: bool = False,
    is_hinted: bool = False,
    is_on: Rule | None = None,
) -> Callable[[Callable[[Group], Result]], Command[Group, Result]]:
    """Declare a method as a line of a menu; see `Entry`."""
    keys = (key,) if isinstance(key, str) else key
    entry = Entry(menu, at, text, keys, icon, when, name, with_versions, is_hinted, is_on)
    return lambda function: Command(entry, function)


def submenu(
    menu: str, at: int, text: str, when: Rule = always
) -> Callable[[Callable[[Group, QMenu], None]], Submenu[Group]]:
    """Declare a method that fills a menu of its own."""
    entry = Entry(menu, at, text, when=when)
    return lambda function: Submenu(entry, function)


class Key(NamedTuple):
    """A key: where it holds, what is pressed, what it does."""

    where: str
    key: str
    what: str


class Numbered(Generic[Group]):
    """A method that keys of no menu call, each with its number; taken from a group it is that method."""

    def __init__(self, keys: Sequence[Key], function: Callable[[Group, int], None]) -> None:
        self.keys, self._function = tuple(keys), function
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, group: None, owner: type) -> "Numbered[Group]": ...
    @overload
    def __get__(self, group: Group, owner: type) -> Callable[[int], None]: ...
    def __get__(self, group: Group | None, owner: type) -> "Numbered[Group] | Callable[[int], None]":
        return self if group is None else MethodType(self._function, group)


def numbered(keys: Sequence[Key]) -> Callable[[Callable[[Group, int], None]], Numbered[Group]]:
    """Declare a method that is called with the number of the key."""
    return lambda function: Numbered(keys, function)


def lines_of(group: type) -> Iterator[Command[Any, Any] | Submenu[Any]]:
    """Yield the lines of menus that a group declares."""
    return (one for one in vars(group).values() if isinstance(one, Command | Submenu))


def keys_of(group: type) -> Iterator[Numbered[Any]]:
    """Yield the keys of no menu that a group declares."""
    return (one for one in vars(group).values() if isinstance(one, Numbered))
