"""What Qt's stubs do not say: indexes of both kinds, what a delegate's option holds, children of a kind."""

from typing import Any, TypeVar, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
Kind = TypeVar("Kind", bound=QObject)


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Return where an item is drawn."""
    return cast(QRect, cast(Any, option).rect)


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """Return whether an item is selected, or under the mouse."""
    return cast(QStyle.StateFlag, cast(Any, option).state)


def children_of(parent: QObject, kind: type[Kind]) -> list[Kind]:
    """Return all children of a kind, however deep."""
    return cast(list[Kind], parent.findChildren(kind))
