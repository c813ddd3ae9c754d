"""What a save keeps of 変更履歴 beside the register (履歴の控えと要約): the copy in 控え and the digests go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kohyo.excel.register_book.book_sheet import CHANGES
from kohyo.excel.register_book.history_copy import goes_on, growing, kept_history, length_of
from kohyo.excel.register_book.history_digests import (
    Digests,
    RunningDigests,
    digests_of_rows,
    is_former,
    line_of,
)
from kohyo.excel.register_book.last_state import LastState, Rows, state_of
from kohyo.excel.register_book.loaded_register import LoadedRegister
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
        planned_rows = planned.expected.get(CHANGES)
        self._rows = planned_rows if planned_rows is not None else _standing(loaded)
        self._count = len(self._rows)
        self._behind = self._last if goes_on(copy, self._last, self._known) else None
        digests = loaded.digests if planned_rows is None else None
        self._running = RunningDigests(self._before(digests or digests_of_rows(self._rows)))

    def _before(self, digests: Digests) -> Digests:
        """Return the digests from which those of further rows go on."""
        if not (self._behind and self._behind.sequence):
            return digests
        running = RunningDigests(("", self._sequence(self._behind, digests)))
        running.take(map(line_of, self._rows[self._known :]))
        return digests[0], running.digests[1]

    def _sequence(self, last: LastState, standing: Digests) -> str:
        """Return the digest of the order in which the rows were written, however somebody sorted them."""
        if not is_former(last.sequence):
            return last.sequence
        rows = kept_history(self._copy, last)
        return standing[1] if rows is None else digests_of_rows(rows)[1]

    @contextmanager
    def growing(self) -> Iterator[Callable[[Sequence[bytes]], None]]:
        """Let the copy grow by the lines of further rows; those that are known by now come first."""
        with growing(self._copy, self._behind, self._rows[: self._known]) as write:
            write(map(line_of, self._rows[self._known :]))

            def take(lines: Sequence[bytes]) -> None:
                write(lines)
                self._running.take(lines)
                self._count += len(lines)

            yield take

    def state(self, plan: Plan, rows: Rows) -> LastState:
        """Return the state that the register is when it holds these rows and its history."""
        state = state_of(plan, rows, self._count, self._running.digests)
        return replace(state, history=length_of(self._copy))


def _standing(loaded: LoadedRegister) -> Sequence[Row]:
    return [row.values for row in loaded.tables[CHANGES].rows] if CHANGES in loaded.tables else []
