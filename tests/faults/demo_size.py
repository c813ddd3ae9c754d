"""Commands cut off in a workspace of the demo's size: all departments, all items of the plan.

    KOHYO_FAULTS_SECONDS=1200 python -m tests.faults.demo_size [--points 12] [--command NAME…]

One line a point: the call at which the command was killed, and what did not hold then or after the next run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from contextlib import closing
from datetime import datetime
from functools import cached_property
from pathlib import Path

import kohyo
from kohyo.definition.load import shipped
from kohyo.definition.seed import shipped_list
from kohyo.model.plan import Plan
from kohyo.usecases.demo import _decide
from kohyo.usecases.new import DEFAULT_PLAN
from kohyo.workspace.made_up_returns import MadeUpReturns
from kohyo.workspace.progress import silent
from kohyo.workspace.session import session
from tests.faults.commands import NAME, Command, Workspaces
from tests.faults.compiler import build
from tests.faults.harness import Meddled
from tests.faults.judge import Judge
from tests.usecases.small import NOW


class Large(Command):
    """A command in a workspace of the shipped plan."""

    @property
    def plan(self) -> Plan:
        """The shipped plan."""
        return shipped(DEFAULT_PLAN)


LARGE = (
    Large("distribute", ("distribute", "{root}"), "items"),
    Large("consolidate", ("consolidate", "{root}"), "returned"),
    Large("tables", ("tables", "{root}"), "consolidated"),
    Large("rollover", ("rollover", "{root}", "--anyway"), "decided"),
    Large("undo", ("undo", "{root}"), "consolidated"),
)


class LargeWorkspaces(Workspaces):
    """The workspaces of these commands; each stand of the year grows out of the one before."""

    def copy(self, command: Command) -> Path:
        """Return a fresh workspace of a command, always in the same place."""
        root = self._folder / "here" / NAME
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self._stands[command.begins], root)
        return root

    @cached_property
    def _stands(self) -> dict[str, Path]:
        root = self._folder / "grown" / NAME
        workspace = kohyo.new_workspace(root)
        listed = self._folder / "一覧.tsv"
        listed.write_text("\n".join("\t".join(row) for row in shipped_list(DEFAULT_PLAN)) + "\n", encoding="utf-8")
        kohyo.import_items(root, listed, now=NOW)
        stands = {"items": self._kept("items", root)}
        kohyo.distribute(root, now=NOW)
        with session(root, "show", reading=True) as current:
            MadeUpReturns(workspace, current.plan, current.register).send(silent)
        stands["returned"] = self._kept("returned", root)
        kohyo.consolidate(root, now=NOW)
        stands["consolidated"] = self._kept("consolidated", root)
        _decide(root, shipped(DEFAULT_PLAN))
        kohyo.consolidate(root, now=NOW)
        stands["decided"] = self._kept("decided", root)
        return stands

    def _kept(self, name: str, root: Path) -> Path:
        place = self._folder / name
        shutil.copytree(root, place)
        return place


def main() -> int:
    """Cut each command off at a draw of its calls; exit 1 where anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.demo_size", description=__doc__)
    parser.add_argument("--points", type=int, default=12)
    parser.add_argument("--command", nargs="*", default=[], metavar="NAME")
    asked = parser.parse_args()
    held = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspaces = LargeWorkspaces(folder / "workspaces")
        with closing(Meddled(build(folder), folder)) as meddled:
            for command in LARGE:
                if asked.command and command.name not in asked.command:
                    continue
                judged = Judge(meddled, workspaces, command)
                points = judged.points(asked.points)
                _tell(f"{command.name}: {len(judged.calls)} calls, {len(points)} tried")
                for at in points:
                    began = datetime.now().astimezone()
                    troubles = list(judged.cut_off(at))
                    held = held and not troubles
                    seconds = (datetime.now().astimezone() - began).total_seconds()
                    _tell(f"  #{at}\t{seconds:.0f} s\t{'; '.join(map(str, troubles)) or 'held'}")
    return not held


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
