"""Methods that Qt calls: an error in one of them reaches the crash dialog instead of ending the program.

PySide6 6.8 with Python 3.11 ends the process when an overridden method lets an error out that the interpreter
raised itself (IndexError, TypeError, ZeroDivisionError …): it is no exception yet, only the parts of one.
Others it loses, or hands to whoever calls Qt next. So no error leaves an override: it goes to sys.excepthook,
where crash.py stands, and Qt is given nothing.
"""

import sys
import traceback
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

_OF_QT = ("PySide6.", "Shiboken", "shiboken6")


def guard_all() -> None:
    """See to every class of Qt objects that is made from now on, with the classes that it is mixed of."""
    setattr(QObject, "__init_subclass__", classmethod(_guard))  # noqa: B010 - Qt's stubs call it fixed


def _guard(cls: type, /, **more: Any) -> None:
    qt = next(base for base in cls.__mro__ if base.__module__.startswith(_OF_QT))
    for owner in cls.__mro__[: cls.__mro__.index(qt)]:
        for name, method in list(vars(owner).items()):
            if _is_override(qt, name, method):
                setattr(owner, name, guarded(method))


def _is_override(qt: type, name: str, method: Any) -> bool:
    """Whether Qt may call it: a method that replaces one of Qt's, and is not guarded already."""
    is_own = isinstance(method, FunctionType) and not name.startswith("__")
    return is_own and hasattr(qt, name) and not is_guarded(method)


def is_guarded(method: Any) -> bool:
    """Whether a method lets no error out."""
    return hasattr(method, "guarded")


def guarded(method: FunctionType) -> Callable[..., Any]:
    """Return the method as one that lets no error out, with as many arguments: Qt looks at their number.

    It is called at every stroke of the pen, so nothing is looked up and no tuple is made.
    """
    code = method.__code__
    is_plain = not code.co_kwonlyargcount and not code.co_flags & (_VARARGS | _KEYWORDS)
    made = _BY_COUNT.get(code.co_argcount) if is_plain else None
    found = (made or _any_number)(method)
    found.__name__, found.__qualname__, found.__doc__ = method.__name__, method.__qualname__, method.__doc__
    found.__defaults__ = method.__defaults__ if made else None
    found.__dict__.update(method.__dict__)
    found.__dict__["guarded"] = method
    return found


def _report(error: Exception, given: Sequence[Any]) -> None:
    """Tell of an error, once the pens are put down: what is being painted can't be given up."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        for held in frame.f_locals.values():
            if isinstance(held, QPainter) and held.isActive() and not any(held is one for one in given):
                held.end()
    sys.excepthook(type(error), error, error.__traceback__)


_VARARGS, _KEYWORDS = 0x04, 0x08  # of a code object


def _none(method: FunctionType) -> Callable[..., Any]:
    def call(self: Any) -> Any:
        try:
            return method(self)
        except Exception as error:
            _report(error, ())

    return call


def _one(method: FunctionType) -> Callable[..., Any]:
    def call(self: Any, a: Any) -> Any:
        try:
            return method(self, a)
        except Exception as error:
            _report(error, (a,))

    return call


def _two(method: FunctionType) -> Callable[..., Any]:
    def call(self: Any, a: Any, b: Any) -> Any:
        try:
            return method(self, a, b)
        except Exception as error:
            _report(error, (a, b))

    return call


def _three(method: FunctionType) -> Callable[..., Any]:
    def call(self: Any, a: Any, b: Any, c: Any) -> Any:
        try:
            return method(self, a, b, c)
        except Exception as error:
            _report(error, (a, b, c))

    return call


def _any_number(method: FunctionType) -> Callable[..., Any]:
    def call(*args: Any, **named: Any) -> Any:
        try:
            return method(*args, **named)
        except Exception as error:
            _report(error, args)

    return call


_BY_COUNT = {1: _none, 2: _one, 3: _two, 4: _three}
