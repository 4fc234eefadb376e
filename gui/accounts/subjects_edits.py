"""What is done to the list of subjects: rows come, go and move, a block of a spreadsheet is taken in."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex

from gui.accounts.block_edits import BlockEdits
from gui.accounts.list_columns import CODE, NAME
from gui.accounts.subjects_model import SubjectsModel
from model.accounts.items import ITEMS
from model.accounts.paste import Pasted, read_pasted
from model.basics.table_text import Block
from model.document.document import Edit

_NAMED = 3  # rows that were left out and are named


class SubjectsEdits(BlockEdits):
    """Each edit is one step of undo; `said` is what there is to say of the last block that was pasted."""

    def __init__(self, model: SubjectsModel) -> None:
        super().__init__(model)
        self._model = model
        self.said = ""

    def add_row(self, at: QModelIndex) -> str:
        """Add a row below an index; return its code."""
        model = self._model
        is_on_row = at.isValid() and bool(model.row_at(at.row()))
        place = model.place_of(at) + is_on_row
        added: list[str] = []
        model.session.edit("加一行", lambda edit: added.extend(edit.add_rows(model.key, ITEMS, place, [{}])))
        return f"{added[0]}.{CODE}" if added else ""

    def remove_rows(self, rows: Sequence[str]) -> None:
        """Delete rows; undo brings them back."""
        model = self._model
        label = f"删除 {len(rows)} 行"
        model.session.edit(label, lambda edit: edit.remove_rows(model.key, ITEMS, rows))

    def move_row(self, at: QModelIndex, by: int) -> str:
        """Move the row of an index by one."""
        model = self._model
        row = model.row_at(at.row()) if at.isValid() else ""
        place = model.place_of(at) + by
        if not row or not 0 <= place < len(model.rows):
            return ""
        cell = model.cell_at(at)
        model.session.edit("移动一行", lambda edit: edit.move_rows(model.key, ITEMS, [row], place))
        return cell or f"{row}.{CODE}"

    def clear(self, indexes: Iterable[QModelIndex]) -> None:
        """Empty cells, codes too."""
        model = self._model
        cells = {(model.key, model.cell_at(i)): "" for i in indexes if model.is_editable(i)}
        model.session.edit("清除内容", lambda edit: edit.set_texts(cells))

    # --- a block of a spreadsheet

    def paste_block(self, at: QModelIndex, block: Block) -> str:
        """Take a block in: subjects with their codes go to their rows, anything else from the cursor on."""
        self.said = ""
        if at.isValid() and self._model.lines[at.row()].kind == "reason":
            return self._paste_text(at, block)
        pasted = self._as_list(at, block)
        if pasted is not None:
            return self._paste_list(pasted)
        return self._paste_plainly(at, block)

    def _paste_text(self, at: QModelIndex, block: Block) -> str:
        """A reason is one text, whatever cells it comes from."""
        model, cell = self._model, self._model.cell_at(at)
        text = "\n".join("".join(row) for row in block).strip()
        if cell:
            model.session.edit("粘贴原因", lambda edit: edit.set_texts({(model.key, cell): text}))
        return cell

    def _as_list(self, at: QModelIndex, block: Block) -> Pasted | None:
        """What a block means as a list; in a column of amounts a lone column of figures is no list."""
        model = self._model
        pasted = read_pasted(block, model.accounts.definition, model.table)
        if pasted is None or not pasted.rows:
            return None
        is_alone = len(block[0]) == 1 and at.isValid() and model.columns[at.column()].is_amount
        return None if is_alone else pasted

    def _paste_list(self, pasted: Pasted) -> str:
        model = self._model
        known = {item.code: item.id for item in reversed(model.accounts.items) if item.code}
        blank = [row for row in model.rows if not self._has_texts(row)]
        cells: dict[tuple[str, str], str] = {}
        new: list[dict[str, str]] = []
        filled = 0
        for row in pasted.rows:
            texts = self._texts(row)
            target = known.pop(row[CODE], "") or (blank.pop(0) if blank else "")
            filled += bool(target)
            if target:
                cells |= {(model.key, f"{target}.{path}"): text for path, text in texts.items()}
            else:
                new.append(texts)
        changed = sum(
            bool(old) and old != text for a, text in cells.items() if (old := model.session.text(a))
        )
        model.session.edit(f"粘贴 {len(pasted.rows)} 个科目", lambda edit: self._put(edit, cells, new))
        self.said = _in_words(pasted, changed)
        return f"{model.rows[0]}.{CODE}" if model.rows else ""

    def _has_texts(self, row: str) -> bool:
        texts = self._model.accounts.answers.texts
        return any(text and cell.startswith(f"{row}.") for cell, text in texts.items())

    def _texts(self, row: Mapping[str, str]) -> dict[str, str]:
        """The texts of a pasted row; a name that the list of the year has need not be typed."""
        known = self._model.accounts.subjects.functional.get(row[CODE])
        return {path: text for path, text in row.items() if path != NAME or text != known}

    def _put(self, edit: Edit, cells: Mapping[tuple[str, str], str], new: Sequence[dict[str, str]]) -> None:
        model = self._model
        edit.set_texts(cells)
        edit.add_rows(model.key, ITEMS, len(model.rows), new)

    def _paste_plainly(self, at: QModelIndex, block: Block) -> str:
        """Cells from the cursor on, with new rows where the block is longer; computed columns stay."""
        model = self._model
        line, first = (model.place_of(at), at.column()) if at.isValid() else (len(model.rows), 0)
        columns = model.columns[first:]
        lines = [
            {c.path: text for c, text in zip(columns, row, strict=False) if not c.is_computed}
            for row in block
        ]
        targets = model.rows[line:]
        cells = {
            (model.key, f"{row}.{path}"): text
            for row, texts in zip(targets, lines, strict=False)
            for path, text in texts.items()
        }
        new = lines[len(targets) :]
        model.session.edit(f"粘贴 {len(block)} 行", lambda edit: self._put(edit, cells, new))
        return f"{model.rows[line]}.{model.columns[first].path}" if line < len(model.rows) else ""


def _in_words(pasted: Pasted, changed: int) -> str:
    """What became of a block: 放入 7 个科目，改写 2 格；没有放入的：合计 1 行，第 9 行“备注”。"""
    said = f"放入 {len(pasted.rows)} 个科目"
    said += f"，改写原有内容 {changed} 格" if changed else ""
    left = [f"类、款和合计 {pasted.sums} 行（由程序计算）"] if pasted.sums else []
    left += _named(pasted.coarse, "（只到款级，请填到项级 7 位）")
    left += _named(pasted.left, "")
    return f"{said}；没有放入的：{'，'.join(left)}。" if left else f"{said}。"


def _named(rows: Sequence[tuple[int, str]], why: str) -> list[str]:
    """The first of some rows that were left out, and how many there are."""
    named = [f"第 {n} 行“{text[:20]}”{why}" for n, text in rows[:_NAMED]]
    return [*named, f"等共 {len(rows)} 行"] if len(rows) > _NAMED else named
