"""An error in a method that Qt calls: dialog, log and saved text, and the program goes on.

1. every kind of handler, with every kind of error that the interpreter raises itself
2. every override of every class of the window is guarded
3. a guarded method is called as before: arguments, defaults, results, signals
"""

import importlib
import pkgutil
from types import FunctionType

import pytest
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QSize,
    Qt,
    QThread,
    QTimer,
)
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QStyledItemDelegate, QWidget

import gui
from gui.base.overrides import is_guarded
from tests.gui.support.test_crash import Program, saved_text

# Qt is given nothing where it wanted a size or a truth value, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Invalid return value:RuntimeWarning")

ERRORS = {
    IndexError: lambda: [][0],
    TypeError: lambda: None + 1,
    ZeroDivisionError: lambda: 1 / 0,
    KeyError: lambda: {}["x"],
    AttributeError: lambda: None.x,
    UnicodeDecodeError: lambda: b"\xff".decode(),
}


@pytest.fixture
def program(qtbot, tmp_path, monkeypatch):
    found = Program(tmp_path, monkeypatch)
    yield found
    found.guard.remove()


class Faulty(QWidget):
    """A widget of which one handler fails."""

    def __init__(self, handler, fail):
        super().__init__()
        self.handler, self.fail = handler, fail
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _happens(self, handler):
        if self.handler == handler:
            self.fail()

    def showEvent(self, event):
        self._happens("show")

    def hideEvent(self, event):
        self._happens("hide")

    def resizeEvent(self, event):
        self._happens("resize")

    def focusInEvent(self, event):
        self._happens("focus")

    def keyPressEvent(self, event):
        self._happens("key")

    def mousePressEvent(self, event):
        self._happens("mouse")

    def wheelEvent(self, event):
        self._happens("wheel")

    def closeEvent(self, event):
        self._happens("close")

    def changeEvent(self, event):
        self._happens("change")

    def timerEvent(self, event):
        self.killTimer(event.timerId())
        self._happens("timer")

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.drawLine(0, 0, 5, 5)
        self._happens("paint")

    def sizeHint(self):
        self._happens("hint")
        return QSize(40, 40)

    def event(self, event):
        if event.type() == QEvent.Type.User:
            self._happens("event")
        return super().event(event)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.User:
            self._happens("filter")
        return False


def by_event(widget):
    QApplication.sendEvent(widget, QEvent(QEvent.Type.User))


def by_filter(widget):
    other = QObject()
    other.installEventFilter(widget)
    QApplication.sendEvent(other, QEvent(QEvent.Type.User))


def by_wheel(widget):
    at, nothing = QPointF(5, 5), QPoint()
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(at, at, nothing, QPoint(0, 120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, turned)


def by_focus(widget):
    widget.activateWindow()
    QApplication.setActiveWindow(widget)
    widget.setFocus()


TRIGGERS = {
    "show": lambda widget: widget.hide() or widget.show(),
    "hide": lambda widget: widget.hide(),
    "resize": lambda widget: widget.resize(77, 77),
    "focus": by_focus,
    "key": lambda widget: QTest.keyClick(widget, Qt.Key.Key_A),
    "mouse": lambda widget: QTest.mouseClick(widget, Qt.MouseButton.LeftButton),
    "wheel": by_wheel,
    "close": lambda widget: widget.close(),
    "change": lambda widget: widget.setEnabled(False),
    "timer": lambda widget: widget.startTimer(0),
    "paint": lambda widget: widget.repaint(),
    "hint": lambda widget: widget.adjustSize(),
    "event": by_event,
    "filter": by_filter,
}


def expect(program, qtbot, kind):
    """The error was said once and logged, and what was typed is in the file."""
    qtbot.waitUntil(lambda: bool(program.shown))
    error, saved = program.shown[0]
    assert isinstance(error, kind)
    assert saved.is_safe
    assert kind.__name__ in program.log
    assert saved_text(program) == "还没有保存"


# --- 1


@pytest.mark.parametrize("handler", TRIGGERS)
@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_1_in_a_handler_of_a_widget(program, qtbot, handler, kind):
    program.type("还没有保存")
    widget = Faulty(handler, ERRORS[kind])
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    QTimer.singleShot(0, lambda: TRIGGERS[handler](widget))
    expect(program, qtbot, kind)
    widget.handler = ""
    widget.show()
    widget.repaint()  # and goes on


class FaultyList(QAbstractListModel):
    """A model of which one method fails."""

    failing, fail = "", staticmethod(lambda: None)

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        if self.failing == "rowCount":
            self.fail()
        return 2

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if self.failing == "data":
            self.fail()
        return "x" if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index):
        if self.failing == "flags":
            self.fail()
        return super().flags(index)


class FaultyDelegate(QStyledItemDelegate):
    """A delegate of which one method fails."""

    failing, fail = "", staticmethod(lambda: None)

    def paint(self, painter, option, index):
        if self.failing == "paint":
            self.fail()
        super().paint(painter, option, index)

    def sizeHint(self, option, index):
        if self.failing == "sizeHint":
            self.fail()
        return QSize(30, 20)


@pytest.mark.parametrize(
    ("at", "method"),
    [
        ("model", "rowCount"),
        ("model", "data"),
        ("model", "flags"),
        ("delegate", "paint"),
        ("delegate", "sizeHint"),
    ],
)
def test_1_in_a_model_or_a_delegate(program, qtbot, at, method):
    program.type("还没有保存")
    view = QListView()
    qtbot.addWidget(view)
    parts = {"model": FaultyList(view), "delegate": FaultyDelegate(view)}
    parts[at].failing, parts[at].fail = method, ERRORS[IndexError]
    view.setModel(parts["model"])
    view.setItemDelegate(parts["delegate"])
    QTimer.singleShot(0, view.show)
    QTimer.singleShot(0, lambda: view.setCurrentIndex(parts["model"].index(0)))
    expect(program, qtbot, IndexError)
    parts[at].failing = ""
    view.viewport().repaint()


def test_1_in_a_thread(program, qtbot):
    class Faulty(QThread):
        def run(self):
            return [][0]

    program.type("还没有保存")
    thread = Faulty()
    thread.start()
    assert thread.wait(5000)
    expect(program, qtbot, IndexError)


# --- 2


def classes():
    """Every class of Qt objects of the window."""
    for module in pkgutil.walk_packages(gui.__path__, "gui."):
        if "windows" not in module.name:
            importlib.import_module(module.name)
    found, waiting = set(), [QObject]
    while waiting:
        more = waiting.pop().__subclasses__()
        waiting.extend(one for one in more if one not in found)
        found.update(more)
    return [one for one in found if one.__module__.startswith("gui.")]


def test_2_every_override_of_the_window_is_guarded():
    open_ones, count = [], 0
    for one in classes():
        qt = next(base for base in one.__mro__ if base.__module__.startswith("PySide6."))
        for owner in one.__mro__[: one.__mro__.index(qt)]:
            for name, method in vars(owner).items():
                if isinstance(method, FunctionType) and not name.startswith("__") and hasattr(qt, name):
                    count += 1
                    open_ones += [f"{owner.__name__}.{name}"] * (not is_guarded(method))
    assert open_ones == []
    assert count > 100


# --- 3


def test_3_arguments_defaults_and_results_stay():
    model = FaultyList()
    assert model.data(model.index(0)) == "x"
    assert model.data(model.index(0), Qt.ItemDataRole.ToolTipRole) is None
    assert model.rowCount() == 2
    assert FaultyList.data.__name__ == "data"


def test_3_a_signal_gives_a_method_no_more_than_it_takes(qtbot):
    class Quiet(QWidget):
        closed = 0

        def close(self):
            self.closed += 1
            return True

    widget, button = Quiet(), QPushButton()
    qtbot.addWidget(widget)
    qtbot.addWidget(button)
    button.clicked.connect(widget.close)  # the signal carries whether it is checked
    button.click()
    assert widget.closed == 1


def test_3_a_mixed_in_class_is_guarded_where_it_stands():
    class Mixed:
        def keyPressEvent(self, event):
            return None

        def helper(self):
            return None

    class Widget(Mixed, QWidget):
        pass

    assert is_guarded(Mixed.keyPressEvent)
    assert not is_guarded(Mixed.helper)
    assert Widget.keyPressEvent is Mixed.keyPressEvent
