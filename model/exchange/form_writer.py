"""Puts a form together as an exchange object: "" is an empty cell, null one that the form does not have."""

from dataclasses import dataclass
from typing import Any

from model.document.answers import MONEY_UNIT, TERM, FormAnswers
from model.exchange.breakdown import write_split
from model.exchange.form_reader import BLOCK_LABEL
from model.exchange.money_rows import entry_of, write_rows
from model.exchange.report_entries import write_report
from model.forms.definition import Field, FormDefinition, IndicatorsBlock
from model.forms.toml_table import names_in
from model.reading.terms import label_of, term_in, term_of

SCHEMA = "ziping.form/1"
# Columns that every file has, null where the form has none of that kind; the check code rests on them.
_SCORED = ("level2", "name", "weight", "target", "actual", "score", "reason")
_UNSCORED = ("level2", "name", "two_years_before", "year_before", "target", "basis")
_ALWAYS = ("level2", "name", "target", "actual", "score")  # "" where they are empty, never null


@dataclass
class FormWriter:
    """Puts a form together as an exchange object, part by part."""

    answers: FormAnswers
    form: FormDefinition

    def form_object(self) -> dict[str, Any]:
        """Return everything that the program knows; what the form has no place for is left out."""
        body = self._scored() if self.form.is_scored else self._unscored()
        return self._head() | body | write_report(self.answers, self.form)

    def _head(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "form": self.form.id,
            "title": self.answers.given.get("title", ""),
            "unit": self.answers.unit,
            "year": int(year) if (year := self.answers.year).isdecimal() else None,
            **({MONEY_UNIT: unit} if (unit := self.answers.text(MONEY_UNIT)) else {}),
            "fields": self._fields(),
        }

    def _scored(self) -> dict[str, Any]:
        return self._money() | {
            **self._lists(),
            **self._tables(),
            **self._goals_and_indicators(),
            "total": self.answers.given.get("total", ""),
            "deviation_analysis": self._plain_field("deviation_analysis"),
            "improvement": self._plain_field("improvement"),
            "footnotes": list(self.form.footnotes()),
            "signatures": self._signatures(),
        }

    def _unscored(self) -> dict[str, Any]:
        data = self._money() | self._lists() | self._tables() | self._goals_and_indicators()
        rest = {
            "total": self.answers.given.get("total"),
            "deviation_analysis": self._plain_field("deviation_analysis"),
            "improvement": self._plain_field("improvement"),
            "footnotes": list(self.form.footnotes()),
            "signatures": self._signatures(),
        }
        return data | {key: value for key, value in rest.items() if value}

    def _money(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            entry_of(self.form, block): write_rows(self.answers, self.form, block)
            for block in self.form.money_blocks
        }
        split = write_split(self.form, self.answers.texts)
        return found | {"funds_breakdown": split} if split else found

    def _goals_and_indicators(self) -> dict[str, Any]:
        return {
            "goals": [self._goal(goal) for goal in self.answers.goals],
            "indicators": [self._indicator(row) for row in self.answers.indicators],
        }

    def _signatures(self) -> dict[str, str]:
        return {f.caption: self.answers.text(f.id) for f in self.form.fields_at("signatures")}

    def _lists(self) -> dict[str, Any]:
        """The long texts that are lists in the file; those of the overall goals under their captions."""
        found: dict[str, Any] = {}
        for field in self.form.fields.values():
            if field.listed:
                text = self.answers.text(field.id)
                lines = text.split("\n") if text else []
                if field.at == "overall_goals":
                    found.setdefault(field.at, {})[self._key(field)] = lines
                else:
                    found[field.at] = lines
        return found

    def _key(self, field: Field) -> str:
        return (field.key or field.caption).format_map(
            {name: self.answers.text(name) for name in names_in(field.key)}
        )

    def _tables(self) -> dict[str, Any]:
        return {
            block.id: [
                {column.key: self.answers.text(f"{row}.{column.key}") for column in block.columns}
                for row in self.answers.rows.get(block.id, ())
            ]
            for block in self.form.row_blocks
        }

    def _fields(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for entry in self.form.fields_at("fields"):
            text = self.answers.text(entry.id)
            found[entry.key or entry.caption] = (
                (text.split("\n") if text else []) if entry.kind == "choice" else text
            )
        if self.form.goal_echo and self.answers.goals:
            found[self.form.goal_echo] = self.answers.text(f"{self.answers.goals[0]}.text")
        if label := self.answers.given.get("block_label"):
            found[BLOCK_LABEL] = label
        return found

    def _goal(self, goal: str) -> dict[str, Any]:
        found: dict[str, Any] = {"label": self.answers.given.get(f"{goal}.label", "")}
        for key in (key for key in self.form.goal_columns if key != TERM):
            text = self.answers.text(f"{goal}.{key}")
            has = self.form.goal_points if key == "points" else key in self.form.goal_parts
            found[key] = text if text or has else None
        if found["text"] is None and found["expected"]:
            found["text"] = found["expected"]
        return found | self._term(goal)

    def _term(self, goal: str) -> dict[str, str]:
        """The label of a goal says its term; where another label was read, the term stands beside it."""
        term, label = self.answers.text(f"{goal}.{TERM}"), self.answers.given.get(f"{goal}.label", "")
        if not term or not self.form.goal_terms:
            return {}
        if not label and term in self.form.goal_terms:
            return {"label": label_of(self.form, self.answers, goal)}
        return {} if term_in(self.form, label) == term else {TERM: term}

    def _indicator(self, row: str) -> dict[str, Any]:
        goal = self.answers.text(f"{row}.goal")
        found: dict[str, Any] = {
            "goal": self.answers.goals.index(goal) + 1 if goal in self.answers.goals else None,
            "level1": self.answers.text(f"{row}.level1"),
            "level1_weight": self.answers.given.get(
                f"{row}.level1_weight", "" if self._has_level1_points else None
            ),
        }
        printed = {column.key for column in self._block_of(goal).printed}
        printed |= {"weight"} if self.form.prints_weights else set()
        for key in _SCORED if self.form.is_scored else _UNSCORED:
            text = self.answers.text(f"{row}.{key}")
            found[key] = text if text or key in printed or key in _ALWAYS else None
        for key, column in self.form.row_columns.items():
            text = self.answers.text(f"{row}.{key}")
            if key not in found and (text or key in printed):
                found[key] = True if column.kind == "flag" else text
        return found

    def _block_of(self, goal: str) -> IndicatorsBlock:
        return self.form.indicators_of(term_of(self.form, self.answers, goal))

    @property
    def _has_level1_points(self) -> bool:
        return any(block.points is not None for block in self.form.level1)

    def _plain_field(self, name: str) -> str | None:
        known = self.form.fields_at(name)
        return self.answers.text(known[0].id) if known else None
