"""The copy of the history (変更履歴の控え): JSON lines in 控え that only grow, from which altered rows come back.

A last state says how many bytes of the copy are its own. A save appends what is new behind them; what a save that
was cut off left there is overwritten by the next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.register_book.history_digests import HistoryDigests, RunningDigests, is_former, line_of
from kohyo.excel.register_book.last_state import LastState
from kohyo.excel.register_book.row_columns import Row
from kohyo.model.value_json import values_from_json


def keep_history(path: Path, last: LastState | None, rows: Sequence[Row], *, known: int) -> int:
    """Bring the copy to hold ``rows``, whose first ``known`` the last state held; return its length in bytes.

    Raises OSError when that cannot be done; what the last state needs stays.
    """
    with growing(path, last if goes_on(path, last, known) else None, islice(rows, known)) as take:
        take(map(line_of, islice(rows, known, None)))
    return length_of(path)


@contextmanager
def growing(path: Path, last: LastState | None, before: Iterable[Row]) -> Iterator[Callable[[Iterable[bytes]], None]]:
    """Let the copy grow by lines (``line_of``) and bring it to the disk.

    It goes on behind what the last state needs; without one it is made anew, and begins with the rows ``before``.
    Raises OSError when that cannot be done; what the last state needs stays.
    """
    fresh = None if last else path.with_suffix(".new")
    with (fresh or path).open("wb" if fresh else "r+b") as stream:

        def take(lines: Iterable[bytes]) -> None:
            stream.writelines(line + b"\n" for line in lines)

        if fresh:
            take(map(line_of, before))
        elif last:
            stream.truncate(last.history)
            stream.seek(last.history)
        yield take
    if fresh:
        flush(fresh)
        fresh.replace(path)
    flush(path)


def goes_on(path: Path, last: LastState | None, known: int) -> bool:
    """Tell whether the copy holds what the last state needs, so that new rows are written behind it."""
    return bool(last and last.history and last.changes == known and is_whole(path, last))


def is_whole(path: Path, last: LastState) -> bool:
    """Tell whether the copy holds exactly the rows that the last state held: nothing cut off, no byte altered."""
    if is_former(last.digest):
        return kept_history(path, last) is not None
    running = RunningDigests()
    try:
        with path.open("rb") as stream:
            running.take(stream.read(last.history).splitlines())
    except OSError:
        return False
    return running.digests[0] == last.digest


def kept_history(path: Path, last: LastState) -> tuple[Row, ...] | None:
    """Return the rows that the last state held, None when the copy does not hold exactly these."""
    try:
        with path.open("rb") as stream:
            lines = stream.read(last.history).splitlines()
        rows = tuple(values_from_json(json.loads(line)) for line in lines)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return rows if len(rows) == last.changes and HistoryDigests().of(rows, last.digest)[0] == last.digest else None


def length_of(path: Path) -> int:
    """Return the copy's length in bytes, 0 where there is none."""
    return path.stat().st_size if path.is_file() else 0
