"""What a save keeps of 変更履歴 beside the register (履歴の控えと要約): the copy in 控え and the digests go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kohyo.excel.register_book.history_copy import goes_on, growing, kept_history, length_of
from kohyo.excel.register_book.history_digests import (
    Digests,
    RunningDigests,
    digests_of_rows,
    is_former,
    line_of,
)
from kohyo.excel.register_book.last_state import LastState, Rows, state_of
from kohyo.excel.register_book.register_columns import CHANGES
from kohyo.excel.register_book.register_load import LoadedRegister
from kohyo.excel.register_book.row_columns import Row
from kohyo.excel.register_book.save_plan import SavePlan
from kohyo.model.plan import Plan


class HistoryTold:
    """The copy and the digests of 変更履歴 in one save."""

    def __init__(self, loaded: LoadedRegister, planned: SavePlan, copy: Path) -> None:
        """Take what stands, what is to be written, and where the copy lies."""
        self._last = loaded.last
        self._known = len(loaded.register.changes)
        self._copy = copy
        self._rows = planned.expected.get(CHANGES)
        self._standing = [row.values for row in loaded.tables[CHANGES].rows] if CHANGES in loaded.tables else []
        self._added = 0
        self._goes_on = goes_on(copy, self._last, self._known)
        self._running = RunningDigests(self._before(loaded.digests))

    def _before(self, digests: Digests | None) -> Digests:
        """Return the digests from which those of the new rows go on."""
        if self._rows is not None:
            return "", ""
        found = digests or digests_of_rows(self._standing)
        if self._last and self._last.sequence and self._goes_on:
            return found[0], self._sequence(self._last, found)
        return found

    def _sequence(self, last: LastState, standing: Digests) -> str:
        """Return the digest of the order in which the rows were written, however somebody sorted them."""
        if not is_former(last.sequence):
            return last.sequence
        rows = kept_history(self._copy, last)
        return standing[1] if rows is None else digests_of_rows(rows)[1]

    @contextmanager
    def growing(self) -> Iterator[Callable[[Sequence[bytes]], None]]:
        """Let the copy grow by the lines of new rows; those that a plan already holds as rows are written at once."""
        before: Iterable[Row] = self._standing if self._rows is None else self._rows[: self._known]
        with growing(self._copy, self._last, before, self._known) as write:

            def take(lines: Sequence[bytes]) -> None:
                write(lines)
                self._running.take(lines)
                self._added += len(lines)

            yield take
            if self._rows is not None:
                write(map(line_of, self._rows[self._known :]))

    def state(self, plan: Plan, rows: Rows) -> LastState:
        """Return the state that the register is when it holds these rows and its history."""
        count = len(self._standing) + self._added
        digests = self._running.digests
        if self._rows is not None:
            count, digests = len(self._rows), digests_of_rows(self._rows)
            if self._last and self._last.sequence and self._goes_on:
                running = RunningDigests(("", self._sequence(self._last, digests)))
                running.take(map(line_of, self._rows[self._known :]))
                digests = digests[0], running.digests[1]
        state = state_of(plan, rows, count, digests)
        return replace(state, history=length_of(self._copy))
