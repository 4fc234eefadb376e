"""For mypy: Qt's classes take properties and signals as keywords when made, which its stubs do not say.

`QLabel("…", objectName="quiet", wordWrap=True)`; everything else about these calls is checked as ever.
"""

from collections.abc import Callable

from mypy.nodes import ARG_STAR2
from mypy.plugin import FunctionSigContext, MethodSigContext, Plugin
from mypy.types import AnyType, CallableType, FunctionLike, TypeOfAny

QT = "PySide6."


def _with_keywords(context: FunctionSigContext | MethodSigContext) -> FunctionLike:
    """The signature, with any keywords more."""
    found = context.default_signature
    if not isinstance(found, CallableType) or ARG_STAR2 in found.arg_kinds:
        return found
    return found.copy_modified(
        arg_types=[*found.arg_types, AnyType(TypeOfAny.special_form)],
        arg_kinds=[*found.arg_kinds, ARG_STAR2],
        arg_names=[*found.arg_names, "properties"],
    )


class QtPlugin(Plugin):
    """Asked by mypy for every function that is called."""

    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        """A class of Qt that is made."""
        is_class = fullname.startswith(QT) and fullname.rpartition(".")[2][:1] == "Q"
        return _with_keywords if is_class else None

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        """One that is made as the base of another."""
        return _with_keywords if fullname.startswith(QT) and fullname.endswith(".__init__") else None


def plugin(version: str) -> type[Plugin]:
    """What mypy calls first."""
    return QtPlugin
