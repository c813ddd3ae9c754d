"""The public door: a workspace as an object, names that can be found, errors and findings that can be read.

1. Every public function that works on a workspace is a method of the same name and the same arguments.
2. ``dir`` shows every public name before anything was loaded, and each is there.
3. A folder, a file and a day may be given as text.
4. An error says what the command line says; a finding shows its sentence.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import kohyo
from kohyo.messages import all_codes, describe_problem, located
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of
from kohyo.workspace.given_day import given_day
from tests.usecases.small import LIST, NOW, Small, made_up_plan

FUNCTIONS = {name: value for name in kohyo.__all__ if inspect.isfunction(value := getattr(kohyo, name))}
ON_A_WORKSPACE = sorted(
    name for name, function in FUNCTIONS.items() if "root" in inspect.signature(function).parameters
)
MAKERS = {"demo", "new_workspace"}
"""Functions that make a workspace: the method is ``new``, the demo stands alone."""


def _arguments(function: object) -> list[tuple[str, object, object]]:
    """Return names, kinds and defaults of all arguments but the first."""
    assert callable(function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return [(parameter.name, parameter.kind, parameter.default) for parameter in parameters]


def test_there_are_functions() -> None:
    """The list that the next test goes through is not empty (1)."""
    assert {"consolidate", "distribute", "next_steps", "undo"} <= set(ON_A_WORKSPACE)


@pytest.mark.parametrize("name", [name for name in ON_A_WORKSPACE if name not in MAKERS])
def test_a_function_is_a_method(name: str) -> None:
    """What the package does with a folder, a workspace does (1)."""
    method = getattr(kohyo.Workspace, name)
    assert _arguments(method) == _arguments(FUNCTIONS[name])
    assert method.__doc__


def test_names_are_found_before_they_are_loaded() -> None:
    """A console offers every public name; pandas is not loaded for it, nor anything else that is slow (2)."""
    code = "import sys, kohyo; print(set(kohyo.__all__) <= set(dir(kohyo)), 'kohyo.usecases' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603 - ours
    assert done.stdout.split() == ["True", "False"]
    assert set(ON_A_WORKSPACE) - MAKERS <= set(dir(kohyo.Workspace))


def test_a_workspace_does_not_load_pandas() -> None:
    """Whoever distributes and consolidates does not wait for pandas (2)."""
    code = "import sys, kohyo; kohyo.Workspace('.').folder; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603 - ours
    assert done.stdout.split() == ["False"]


def _days(name: str) -> list[str]:
    """Return the arguments of a function that are days; ``now`` is a moment, which no office writes."""
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    return [parameter.name for parameter in parameters if re.search(r"\b(Day|date)\b", str(parameter.annotation))]


def test_text_is_a_day(tmp_path: Path) -> None:
    """Wherever a day is asked for, what offices write is one, and what is none is said before anything is done (3)."""
    asked = [(name, day) for name in FUNCTIONS for day in _days(name)]
    assert {"show", "status", "next_steps", "distribute", "consolidate", "make_papers"} <= {name for name, _ in asked}
    for name, day in asked:
        with pytest.raises(kohyo.UsageError, match="「きのう」は日付として読めません"):
            FUNCTIONS[name](tmp_path / "ない", **{day: "きのう"})
    assert given_day("令和12年6月1日") == given_day("2030-06-01") == given_day(NOW) == date(2030, 6, 1)


def test_text_is_a_path(tmp_path: Path) -> None:
    """The year's first steps, with every name given as text (3)."""
    workspace = kohyo.Workspace(str(tmp_path / "作業")).new()
    assert workspace.paths.register.is_file()
    listed = tmp_path / "一覧.tsv"
    listed.write_text("番号\t項目名\t概要\t所管部\n1-1\t広報\t広報を見直す。\t総務部\n", encoding="utf-8")
    assert workspace.import_items(str(listed)).added == 1
    assert [item.title for item in workspace.register.current] == ["広報"]
    assert workspace.plan.plan.code == "setagaya-r6"
    assert workspace.show(date(2024, 4, 1), str(tmp_path / "過去.xlsx")).path == tmp_path / "過去.xlsx"
    assert workspace.make_tables("取組み一覧").books == (workspace.paths.results / "取組み一覧.xlsx",)
    assert repr(workspace) == f"Workspace({str(tmp_path / '作業')!r})"


def test_functions_take_text(small: Small) -> None:
    """The functions take what the methods take (3)."""
    assert kohyo.import_items(str(small.root), str(small.write_list(LIST)), now=NOW).unchanged == len(LIST) - 1
    assert kohyo.contents(str(small.root)).plan == made_up_plan()
    assert kohyo.check(str(small.form("市民局")), str(small.workspace.definition)).files == ("調査票_市民局.xlsx",)


def test_an_error_is_what_the_command_says(tmp_path: Path) -> None:
    """The text of an error is the line on the terminal (4)."""
    with pytest.raises(kohyo.UsageError) as caught:
        kohyo.Workspace(tmp_path / "ない").status()
    assert str(caught.value) == describe_problem(caught.value)
    assert "というフォルダはありません" in str(caught.value)
    assert isinstance(caught.value, kohyo.KohyoError)


def test_an_error_without_wording_still_has_a_text() -> None:
    """An error that no wording fits shows its key and fields (4)."""
    assert str(kohyo.UsageError("no such key", path="x")) == "('no such key', {'path': 'x'})"


def test_a_finding_is_its_sentence() -> None:
    """A finding in a list shows where and what, in Japanese (4)."""
    finding = finding_of(Code.K544, Place("台帳.xlsx", "項目", "B2"), "所管部", "だれか", number="1-1")
    assert str(finding) == located(finding)
    assert repr([finding]) == f"[<{located(finding)}>]"
    assert "1-1" in str(finding)


@pytest.mark.parametrize("code", all_codes())
def test_a_finding_that_lacks_something_has_a_text(code: str) -> None:
    """Whatever is missing for the sentence, the code stands there (4)."""
    assert code in str(Finding(Code(code)))
