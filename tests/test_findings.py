"""Every finding's code is raised, explained and provoked by a test.

1. Every code that the package raises is in the catalogue, and every code of the catalogue is raised.
2. ``kohyo explain`` prints severity, title, reason and way to mend of every code, however it is typed.
3. Every code is brought about by a file or by running the product, with its place and in whole words.

That an entry is whole and its templates valid is told in ``test_wording``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

import kohyo
from kohyo.cli.present import as_data, as_lines
from kohyo.errors import UsageError
from kohyo.messages import all_codes, located, wording
from kohyo.model.finding import Finding
from tests.findings.every import SCENES
from tests.findings.stage import Ground, Scene
from tests.usecases.small import new_small

PACKAGE = Path(kohyo.__file__).parent
_CODE = re.compile(r"\bK[0-9]{3}\b")


def _named_below(folder: Path) -> set[str]:
    return {code for path in folder.rglob("*.py") for code in _CODE.findall(path.read_text(encoding="utf-8"))}


RAISED = _named_below(PACKAGE)


def test_what_is_raised_is_explained() -> None:
    """No code is raised that the catalogue does not have (1)."""
    assert RAISED - set(all_codes()) == set()


def test_what_is_explained_is_raised() -> None:
    """No code of the catalogue is dead (1)."""
    assert set(all_codes()) - RAISED == set()


@pytest.mark.parametrize("code", all_codes())
def test_explain(code: str) -> None:
    """The explanation stands on the terminal and in ``--json`` (2)."""
    explanation = kohyo.explain(code)
    lines = as_lines(explanation)
    assert code in lines[0]
    assert wording(f"finding.severity.{explanation.severity.value}") in lines[0]
    for text in (explanation.title, explanation.why, explanation.mend):
        assert any(text in line for line in lines)
    assert as_data(explanation) == {
        "code": code,
        "severity": explanation.severity.value,
        "title": explanation.title,
        "why": explanation.why,
        "mend": explanation.mend,
    }


@pytest.mark.parametrize("typed", ["k201", "Ｋ２０１", " K201 "])
def test_explain_as_people_type(typed: str) -> None:
    """Small letters, full width and white space do not matter (2)."""
    assert kohyo.explain(typed).code == "K201"


@pytest.mark.parametrize("typed", ["K999", "", "201", "誤り"])
def test_explain_nothing(typed: str) -> None:
    """What is no code is refused, never guessed (2)."""
    with pytest.raises(UsageError):
        kohyo.explain(typed)


WITHOUT_PLACE = {"K407", "K408", "K409", "K410", "K411", "K536", "K537", "K544", "K551", "K552"}
"""Findings that name a conflict or an item in words alone."""


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Scene], Sequence[Finding]]:
    """Return what plays a scene, each once, on the ground of a workspace whose forms went out."""
    small = new_small(tmp_path_factory.mktemp("findings") / "作業")
    small.distribute()
    return cache(lambda scene: tuple(scene(Ground(tmp_path_factory.mktemp(scene.__name__), small.root))))


def test_every_code_has_its_scene() -> None:
    """No code is left out (3)."""
    assert set(SCENES) == set(all_codes())


@pytest.mark.parametrize("code", SCENES)
def test_is_provoked(played: Callable[[Scene], Sequence[Finding]], code: str) -> None:
    """The scene ends in the finding, which says where it stands and leaves no gap in its sentence (3)."""
    found = [finding for finding in played(SCENES[code]) if finding.code == code]
    assert found
    for finding in found:
        words = located(finding)
        assert bool(finding.place.file) == (code not in WITHOUT_PLACE)
        assert finding.place.file in words
        assert not re.search("[{}]|None", words)
