"""Where a value of the register comes from (出どころ): the cell that said it, and what that file says in turn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from kohyo.excel.form.origin_sheet import read_origins
from kohyo.excel.ooxml.file_status import sha256_if_any
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import wording
from kohyo.model.answer import FieldAnswer
from kohyo.model.history import standing
from kohyo.model.item import Item
from kohyo.model.origin import Origin, Passed
from kohyo.model.register import Change
from kohyo.returns.parse_value import show_value
from kohyo.workspace.answer_store import load_answers
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.returns_folder import received_files
from kohyo.workspace.session import Session

_NOTHING: Mapping[tuple[str, str], Passed] = MappingProxyType({})


class Provenance:
    """The origins of one register; a file in 回収 that was sent up from below is read once."""

    def __init__(self, current: Session, reader: Reader) -> None:
        """Look into the open session's records; ``reader`` reads the files that came from below."""
        self._current = current
        self._reader = reader
        self._read: dict[str, Mapping[tuple[str, str], Passed]] = {}

    def of(self, item: Item, field: str) -> tuple[Origin, ...]:
        """Return the origins of what an item's field holds, from the nearest to the first; none where nothing tells."""
        value = item.values.get(field)
        change = self._changes.get((item.id, field))
        if change is not None and change.new != value:
            change = None
        answers = [answer for answer in self._answers.get((item.id, field), ()) if answer.value == value]
        answer = max(answers, key=lambda one: (_is_source(one, change), one.leads, one.round), default=None)
        if answer is not None and (change is None or not change.place.cell or _is_source(answer, change)):
            return (self._answered(answer), *self._below(answer))
        return () if change is None else (self._changed(change),)

    @cached_property
    def _answers(self) -> Mapping[tuple[str, str], list[FieldAnswer]]:
        workspace = self._current.workspace
        found: dict[tuple[str, str], list[FieldAnswer]] = {}
        for file in load_answers(workspace.answers, load_bases(workspace, self._current.plan)).values():
            for answer in file.answers:
                found.setdefault((answer.item, answer.field), []).append(answer)
        return found

    @cached_property
    def _changes(self) -> Mapping[tuple[str, str], Change]:
        """The last change of each field that still stands."""
        return {(change.item, change.field): change for _, change in standing(self._current.register.changes)}

    @cached_property
    def _received(self) -> Mapping[str, str]:
        """When each file was received, by SHA-256."""
        rows = self._current.register.receipts
        return {row.sha256: row.received_at.isoformat() for row in rows if row.sha256 and row.received_at}

    @property
    def _organisation(self) -> str:
        return self._current.plan.plan.organisation

    def _answered(self, answer: FieldAnswer) -> Origin:
        how, at = wording(f"scale.how.{answer.state.value}"), self._received.get(answer.sha256, "")
        return Origin(self._organisation, how, answer.department, answer.place, at, answer.sha256)

    def _changed(self, change: Change) -> Origin:
        how = wording(f"workbook.change_kind.{change.kind.value}")
        return Origin(self._organisation, how, change.by, change.place, change.at.isoformat())

    def _below(self, answer: FieldAnswer) -> tuple[Origin, ...]:
        """Return the origins that the file itself tells, as long as its cell still holds what was passed on."""
        passed = self._passed(answer.sha256).get((answer.place.sheet, answer.place.cell))
        return passed.origins if passed and passed.value == show_value(answer.value) else ()

    def _passed(self, sha256: str) -> Mapping[tuple[str, str], Passed]:
        if sha256 not in self._read:
            path = self._files.get(sha256)
            book = self._reader.read(path).book if path else None
            self._read[sha256] = read_origins(book) if book else _NOTHING
        return self._read[sha256]

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        paths = received_files(self._current.workspace.returns)
        return {digest: path for path in paths if (digest := sha256_if_any(path))}


def _is_source(answer: FieldAnswer, change: Change | None) -> bool:
    """Tell whether a change was made by this answer."""
    if change is None:
        return False
    return (answer.place.sheet, answer.place.cell) == (change.place.sheet, change.place.cell) and (
        answer.department == change.by or not change.by
    )
