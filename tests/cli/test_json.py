"""What a command says on success.

1. ``--json`` prints exactly one JSON object on stdout, without a word besides, and nothing on stderr.
2. Without it, stdout is Japanese lines, and what they name exists.
3. The exit code is 1 as soon as something needs a person, 0 otherwise, with ``--json`` or without.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cli.running import Console
from tests.usecases.small import DEPARTMENTS, LIST, Small

_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def _new(small: Small) -> tuple[object, ...]:
    return ("new", small.root.parent / "新しい")


def _import(small: Small) -> tuple[object, ...]:
    return ("import", small.root, small.write_list(LIST))


def _distribute(small: Small) -> tuple[object, ...]:
    return ("distribute", small.root, "--deadline", "2030-07-01")


def _check(small: Small) -> tuple[object, ...]:
    return ("check", small.send("市民局"), "--definition", small.workspace.definition)


def _consolidate(small: Small) -> tuple[object, ...]:
    for department in DEPARTMENTS:
        small.send(department)
    return ("consolidate", small.root)


def _resolve(small: Small) -> tuple[object, ...]:
    return ("resolve", small.root)


def _matrix(small: Small) -> tuple[object, ...]:
    return ("matrix", small.root)


def _tables(small: Small) -> tuple[object, ...]:
    return ("tables", small.root, "--only", "取組み一覧")


def _explain(_small: Small) -> tuple[object, ...]:
    return ("explain", "ｋ２０１")


def _status(small: Small) -> tuple[object, ...]:
    return ("status", small.root, "--today", "2030-07-01")


def _consolidate_some(small: Small) -> tuple[object, ...]:
    small.send("市民局", {"2-1": {"state": None}})
    return ("consolidate", small.root)


DONE = (_new, _import, _distribute, _check, _consolidate, _resolve, _matrix, _tables, _explain)
NEEDS_PERSON = (_status, _consolidate_some)
CASES = [(prepare, 0) for prepare in DONE] + [(prepare, 1) for prepare in NEEDS_PERSON]


@pytest.mark.parametrize(("prepare", "code"), CASES)
def test_one_object(console: Console, small: Small, prepare: Callable[[Small], tuple[object, ...]], code: int) -> None:
    """Stdout is one JSON object, stderr is empty, the exit code tells whether a person is needed (1, 3)."""
    ran = console.run(*prepare(small), "--json")
    assert ran.data
    assert (ran.code, ran.err) == (code, "")


@pytest.mark.parametrize(("prepare", "code"), CASES)
def test_lines_for_people(
    console: Console, small: Small, prepare: Callable[[Small], tuple[object, ...]], code: int
) -> None:
    """Every line is Japanese, or a rule without a letter, and the exit code is that of ``--json`` (2, 3)."""
    ran = console.run(*prepare(small))
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.endswith("\n")
    for line in ran.out.splitlines():
        assert _JAPANESE.search(line) or not re.search("[A-Za-z0-9]", line), line
        assert not re.search(r"[{}]|None|PosixPath|WindowsPath", line), line


def test_findings_say_where(console: Console, small: Small) -> None:
    """A finding as data has code, severity, file, sheet, cell, field, value and its sentence (1)."""
    path = small.send("市民局", {"2-1": {"saving": "約百円"}})
    ran = console.run("check", path, "--definition", small.workspace.definition, "--json")
    (finding,) = ran.data["findings"]
    assert ran.code == 1
    assert (finding["code"], finding["severity"]) == ("K204", "error")
    assert (finding["file"], finding["sheet"], finding["value"]) == (path.name, "カード2-1", "約百円")
    assert finding["cell"]
    assert "約百円" in finding["message"]


def test_a_finding_as_a_line(console: Console, small: Small) -> None:
    """A finding on the terminal is one line with code, file, sheet and cell (2)."""
    path = small.send("市民局", {"2-1": {"saving": "約百円"}})
    data = console.run("check", path, "--definition", small.workspace.definition, "--json").data["findings"][0]
    line, summary = console.run("check", path, "--definition", small.workspace.definition).out.splitlines()
    for part in ("K204", path.name, "カード2-1", data["cell"], "約百円"):
        assert part in line
    assert "誤り1件" in summary


def test_many_findings_are_cut(console: Console, small: Small) -> None:
    """The terminal shows the weightiest and says how many more there are; ``--json`` holds all (1, 2)."""
    for department in DEPARTMENTS:
        small.send(department, {number: {"state": None, "schedule_2030": None, "saving": "？"} for number in _NUMBERS})
    lines = console.run("consolidate", small.root).out.splitlines()
    data = console.run("consolidate", small.root, "--json").data
    assert len(data["findings"]) == 30
    assert sum(line.startswith("[K") for line in lines) == 20
    assert any("ほかに10件" in line and "取込結果" in line for line in lines)


def test_where_the_other_findings_stand(console: Console, small: Small) -> None:
    """A command that writes no report names ``--json`` as the place of the findings that were cut (1)."""
    path = small.write_list(
        (LIST[0], *(("？", f"取組{count}", "内容", "市民局") for count in range(21))), "悪い一覧.tsv"
    )
    (more,) = [line for line in console.run("import", small.root, path).out.splitlines() if "ほかに" in line]
    assert "--json" in more
    assert len(console.run("import", small.root, path, "--json").data["findings"]) > 20


_NUMBERS = ("1-1", "2-1", "2-2", "3-1")


def test_files_that_are_named_exist(console: Console, small: Small) -> None:
    """What a command says it wrote is there (1, 2)."""
    forms = console.run("distribute", small.root, "--json").data["forms"]
    made = console.run("tables", small.root, "--json").data
    reminders = console.run("status", small.root, "--json").data["reminders"]
    assert len(forms) == len(DEPARTMENTS)
    assert {Path(name).suffix for name in made["data"]} == {".csv", ".json"}
    for name in (*forms, *made["files"], *made["data"], *reminders):
        assert Path(name).is_file(), name


def test_the_deadline_is_a_date(console: Console, small: Small) -> None:
    """Dates are data in ISO form (1)."""
    data = console.run("distribute", small.root, "--deadline", "2030-07-01", "--json").data
    assert date.fromisoformat(data["deadline"]) == date(2030, 7, 1)


def test_the_counts_of_a_consolidation(console: Console, small: Small) -> None:
    """The outcomes stand by name, all of them, and who is missing by department (1)."""
    small.send("市民局")
    data = console.run("consolidate", small.root, "--json").data
    assert data["outcomes"]["accepted"] == 1
    assert sum(data["outcomes"].values()) == 1
    assert set(data["missing"]) == set(DEPARTMENTS) - {"市民局"}
    assert data["weights"] == {"error": 0, "check": 0, "info": 0}
