"""The table of what the menus offer: text, key, icon, and which method of the window does it; all keys."""

from collections.abc import Iterator
from typing import NamedTuple

from model.forms.definition import TABS


class Entry(NamedTuple):
    """One line of a menu; `slot` is a method of the window, `needs` what must be: "", document, edit."""

    text: str
    slot: str
    key: str = ""
    icon: str = ""
    needs: str = "document"


SEPARATOR = None
SAME = {"Ctrl+Y": ("Ctrl+Shift+Z",), "Ctrl++": ("Ctrl+=",)}  # keys that mean the same
RECENT = "recent"  # the place of the submenu of recent documents

MENUS: tuple[tuple[str, tuple[Entry | str | None, ...]], ...] = (
    (
        "文件(&F)",
        (
            Entry("新建自评簿…", "new_document", "Ctrl+N", "plus", needs=""),
            Entry("沿用上年新建…", "carry_over", "", "clock", needs=""),
            Entry("打开…", "open_document", "Ctrl+O", "open", needs=""),
            RECENT,
            Entry("打开以前的版本…", "earlier_versions", "", "clock"),
            Entry("导入…", "import_files", "", "import", needs=""),
            SEPARATOR,
            Entry("立即保存", "save_now", "Ctrl+S", "check", needs="edit"),
            Entry("另存副本…", "save_copy", "Ctrl+Shift+S", "copy"),
            SEPARATOR,
            Entry("导出…", "export", "Ctrl+E", "export"),
            Entry("预览", "preview", "Ctrl+Shift+P", "preview"),
            Entry("打印…", "print", "Ctrl+P", "print"),
            SEPARATOR,
            Entry("关闭自评簿", "close_document", "Ctrl+W"),
            Entry("退出", "close", "Ctrl+Q", needs=""),
        ),
    ),
    (
        "编辑(&E)",
        (
            Entry("撤销", "undo", "Ctrl+Z", "undo", needs="edit"),
            Entry("重做", "redo", "Ctrl+Y", "redo", needs="edit"),
            SEPARATOR,
            Entry("查找…", "find", "Ctrl+F", "search"),
            Entry("查找下一处", "find_next", "F3", "down"),
            Entry("查找上一处", "find_previous", "Shift+F3", "up"),
        ),
    ),
    (
        "填报(&T)",
        (
            Entry("添加项目…", "add_project", "Ctrl+Shift+N", "plus", needs="edit"),
            Entry("添加目标申报表", "add_declaration", "", "plus", needs="edit"),
            Entry("年度目标带入自评表", "take_over", "", "copy", needs="edit"),
            SEPARATOR,
            Entry("复制这张表", "duplicate_current", "", "copy", needs="edit"),
            Entry("项目改名…", "rename_current", "", needs="edit"),
            Entry("删除这张表", "delete_current", "", "delete", needs="edit"),
            SEPARATOR,
            Entry("加一行指标", "add_row", "", "plus", needs="edit"),
            Entry("加一个目标", "add_goal", "", "plus", needs="edit"),
            SEPARATOR,
            Entry("原表数字以计算值为准", "accept_total", "", needs="edit"),
        ),
    ),
    (
        "检查(&C)",
        (
            Entry("下一处未填", "next_missing", "F6"),
            Entry("下一个问题", "next_finding", "F8", "down"),
            Entry("上一个问题", "previous_finding", "Shift+F8", "up"),
            SEPARATOR,
            Entry("问题列表", "show_findings", "F4", "warning"),
            Entry("写明理由…", "reply_to_finding", "", needs="edit"),
            Entry("怎么算的", "show_how", "Shift+F4"),
        ),
    ),
    (
        "视图(&V)",
        (
            Entry("右侧栏", "toggle_pane"),
            SEPARATOR,
            Entry("放大", "zoom_in", "Ctrl++", needs=""),
            Entry("缩小", "zoom_out", "Ctrl+-", needs=""),
            Entry("原始大小", "zoom_reset", "Ctrl+0", needs=""),
            SEPARATOR,
            Entry("跟随系统", "theme_system", needs=""),
            Entry("浅色", "theme_light", needs=""),
            Entry("深色", "theme_dark", needs=""),
            Entry("高对比度", "theme_contrast", needs=""),
        ),
    ),
    (
        "帮助(&H)",
        (
            Entry("使用手册", "show_guide", needs=""),
            Entry("看一个示例", "open_example", "", "play", needs=""),
            Entry("填写说明", "show_help", "F1", "note"),
            Entry("快捷键…", "show_keys", "Ctrl+F1", needs=""),
            Entry("保存诊断包…", "save_diagnosis", "", "export", needs=""),
            Entry("更新说明", "show_changes", needs=""),
            Entry("关于自评簿", "show_about", "", "app", needs=""),
        ),
    ),
)

EVERYWHERE, TABLE, FINDER, LIST = "各处", "表格里", "查找时", "问题列表里"

# Keys that belong to no line of a menu: where they hold, the key, what it does.
MORE_KEYS: tuple[tuple[str, str, str], ...] = (
    *((EVERYWHERE, f"Alt+{n}", f"转到“{tab}”") for n, tab in enumerate(TABS, start=1)),
    (EVERYWHERE, "Tab / Shift+Tab", "下一格 / 上一格"),
    (TABLE, "Enter / Shift+Enter", "下一行 / 上一行"),
    (TABLE, "Tab / Shift+Tab", "下一格 / 上一格"),
    (TABLE, "F2", "改写这一格或目标内容"),
    (TABLE, "Ctrl+Enter", "在下方加一行"),
    (TABLE, "Alt+Enter", "在格内换行"),
    (TABLE, "Esc", "不要这一格刚输入的内容"),
    (TABLE, "Ctrl+D", "与上一行相同"),
    (TABLE, "Alt+↑ / Alt+↓", "这一行上移 / 下移"),
    (TABLE, "Ctrl+C / Ctrl+V", "复制 / 从 Excel 粘贴"),
    (TABLE, "Delete", "清除内容"),
    (TABLE, "空格", "在测算分上：怎么算的"),
    (FINDER, "Enter / Shift+Enter", "下一处 / 上一处"),
    (FINDER, "Esc", "回到表格"),
    (LIST, "Enter", "转到此处"),
    (LIST, "F2", "写明理由"),
)


class Key(NamedTuple):
    """A line of the overview: where a key holds, the key, what it does."""

    where: str
    key: str
    what: str


def all_keys() -> tuple[Key, ...]:
    """Return every shortcut: those of the menus in their order, then those of fields and lists."""
    return (*(Key(*line) for line in _of_menus()), *(Key(*line) for line in MORE_KEYS))


def _of_menus() -> Iterator[tuple[str, str, str]]:
    for title, entries in MENUS:
        menu = title.partition("(")[0]
        for entry in entries:
            if isinstance(entry, Entry) and entry.key:
                yield menu, " / ".join((entry.key, *SAME.get(entry.key, ()))), entry.text.rstrip("…")


def said(slot: str) -> str:
    """Return a line of a menu with its key, as the status line says it: F6 下一处未填."""
    entries = (entry for _, lines in MENUS for entry in lines if isinstance(entry, Entry))
    entry = next(entry for entry in entries if entry.slot == slot)
    return f"{entry.key} {entry.text}"
