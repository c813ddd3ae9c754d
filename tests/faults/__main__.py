"""What faults do to each command, call by call.

    python -m tests.faults [--command NAME…] [--all] [--kinds cut failing…] [--points 6] [--in-turn]
                           [--troubles]

The kinds: ``cut`` off at a call, or as it gives its answer (``unanswered``), ``failing`` calls, ``torn`` writes, a disk
that is ``full``, a ``person`` who saves meanwhile. With ``--in-turn`` one call fails with one error, the next with
another, else each with all of them. One line a command: how many faults were tried, and in how many of them something
did not hold.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import product
from pathlib import Path

from tests.faults import judge
from tests.faults.commands import COMMANDS, NAMED, Command, Workspaces
from tests.faults.compiler import build
from tests.faults.harness import Meddled
from tests.faults.judge import Judge, Trouble, failures_of, tears

KINDS = ("cut", "unanswered", "failing", "torn", "full", "person")
_FAILING = ("failing", "torn")
COLUMNS = (
    "register",
    "returns",
    "next run",
    "stray",
    "wrong cause",
    "not told",
    "untrue",
    "said",
    "edit lost",
    "died",
    "harness",
)


def main() -> int:
    """Try the faults and print the table; exit 1 where anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--command", nargs="*", choices=NAMED, default=[], metavar="NAME")
    parser.add_argument("--all", action="store_true", help="every call, not a draw")
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--points", type=int, default=6)
    parser.add_argument("--in-turn", action="store_true", help="one error a call, in turn")
    parser.add_argument("--troubles", action="store_true", help="a line for everything that did not hold")
    asked = parser.parse_args()
    judge.EVERY = judge.EVERY or asked.all
    held = True
    _tell("\t".join(("kind", "command", "tried", *COLUMNS)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspaces = Workspaces(folder / "workspaces")
        chosen = [NAMED[name] for name in asked.command] or COMMANDS
        with closing(Meddled(build(folder), folder)) as meddled:
            for kind, command in product(asked.kinds, chosen):
                judged = Judge(meddled, workspaces, command)
                tried, troubles = tried_with(judged, kind, command, asked.points, in_turn=asked.in_turn)
                found = Counter(kind for _, kind in {(one.fault, one.kind) for one in troubles})
                if tried:
                    _tell("\t".join((kind, command.name, str(tried), *(str(found[column]) for column in COLUMNS))))
                if asked.troubles:
                    _tell(*(f"    {one}" for one in troubles))
                held = held and not troubles
    return not held


def tried_with(
    judged: Judge, kind: str, command: Command, many: int, *, in_turn: bool = False
) -> tuple[int, Sequence[Trouble]]:
    """Return how many faults of a kind were tried, and all that did not hold."""
    if kind == "person" and not command.saves:
        return 0, ()
    tries = list(_failing(judged, kind, many, in_turn=in_turn) if kind in _FAILING else _tries(judged, kind, many))
    return len(tries), [trouble for attempt in tries for trouble in attempt]


def _tries(judged: Judge, kind: str, many: int) -> Iterator[Iterator[Trouble]]:
    if kind == "full":
        yield from (judged.full(room) for room in judged.rooms(many))
    elif kind == "unanswered":
        yield judged.unanswered()
    else:
        for at in judged.points(many):
            yield judged.cut_off(at) if kind == "cut" else judged.person_saves(at)


def _failing(judged: Judge, kind: str, many: int, *, in_turn: bool) -> Iterator[Iterator[Trouble]]:
    """Yield the tries of calls that fail, or of writes that are torn."""
    wanted = set(judged.torn if kind == "torn" else judged.different)
    if not judge.EVERY:
        wanted &= set(judged.points(many))
    for turn, call in enumerate(call for call in judged.calls if call.number in wanted):
        choice = turn if in_turn else None
        failures = tears(call.number, choice) if kind == "torn" else failures_of(call, choice)
        yield from (judged.failing(fault, name) for fault, name in failures)


def _tell(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
