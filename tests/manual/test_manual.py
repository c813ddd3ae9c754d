"""The manual is whole, needs no network, and says what is.

1. It builds without a warning, and no page of it fetches anything from outside.
2. The reference is what the package says of itself today.
3. Every command and every option that a page shows exists.
4. Every picture that a page shows is made by the script, and all of them together are small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kohyo
from kohyo.addin.doctor import diagnose
from kohyo.addin.tasks import TASKS
from kohyo.cli.present import as_data
from tests.manual.conftest import DOCS
from tests.tools.make_manual_pictures import FOLDER as PICTURES
from tests.tools.make_manual_pictures import PICTURES as DRAWN
from tests.tools.make_reference import FOLDER, PAGES
from tests.tools.reference.command_line import commands
from tests.tools.reference.json_shapes import shape_of

WRITTEN = sorted(path for path in DOCS.rglob("*.md") if path.name not in PAGES)
_FETCHED = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE)
_FETCHED_BY_STYLE = re.compile(r"(?:@import|url\()\s*[\"']?(?:https?:)?//")
_CALLED = re.compile(r"(?<![\w.])kohyo ((?:addin )?[a-z][a-z-]*)([^`\n]*)")
_LARGEST = 3_000_000
_KNOWN = {command.words: command for command in commands()}


def test_no_page_fetches_anything(site: Path) -> None:
    """The pages work in a closed network: scripts, styles, fonts and pictures lie beside them (1)."""
    built = list(site.rglob("*.html"))
    assert {page.relative_to(site).as_posix() for page in built} >= {"index.html", "engineer/commands.html"}
    assert [page.name for page in built if _FETCHED.search(page.read_text(encoding="utf-8"))] == []
    styles = list(site.rglob("*.css"))
    assert styles
    assert [style.name for style in styles if _FETCHED_BY_STYLE.search(style.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_made_anew(name: str) -> None:
    """A page differs where the package changed: run ``python -m tests.tools.make_reference`` (2)."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]()


def _keys(value: object, before: str = "") -> set[str]:
    """Return every key below an object of JSON, or below its shape, with the keys that lead to it."""
    if isinstance(value, list):
        return {key for one in value for key in _keys(one, before)}
    if not isinstance(value, dict):
        return set()
    inner = {f"{before}{name}" for name in value}
    return inner.union(*(_keys(one, f"{before}{name}.") for name, one in value.items()))


@pytest.mark.parametrize(
    "made", [kohyo.plans, lambda: kohyo.explain("K201"), diagnose], ids=["plans", "explain", "doctor"]
)
def test_a_shape_is_what_is_printed(made: Callable[[], object]) -> None:
    """The keys that the reference reads out of the code are those of a real result (2)."""
    result = made()
    assert _keys(as_data(result)) == _keys(shape_of(type(result)))
    assert len(_keys(as_data(result))) > 2


def _called(page: Path) -> Iterator[tuple[str, list[str]]]:
    for words, rest in _CALLED.findall(page.read_text(encoding="utf-8")):
        yield words, re.findall(r"(?<!\S)--[a-z-]+", rest)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_what_a_page_tells_to_type_exists(page: Path) -> None:
    """Each command is one, each option one of its own (3)."""
    unknown = [
        (words, option)
        for words, options in _called(page)
        for option in options or [""]
        if words not in _KNOWN or (option and option not in [one for p in _KNOWN[words].known.params for one in p.opts])
    ]
    assert unknown == []


def test_every_picture_is_made_and_shown() -> None:
    """What the script draws lies there, nothing else does, and the pages show all of it; all is small (4)."""
    there = {path.name for path in PICTURES.iterdir()}
    assert there == {"ribbon.svg", *(f"{picture.name}.png" for picture in DRAWN)}
    shown = {name for page in WRITTEN for name in re.findall(r"pictures/([\w.]+)\)", page.read_text(encoding="utf-8"))}
    assert shown == there
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < _LARGEST


def test_every_button_that_a_page_names_exists() -> None:
    """Behind ボタン stands in 「」 what stands on one of the ribbon's buttons (3)."""
    labels = {task.label for task in TASKS}
    told = [re.findall(r"ボタン(?:は)?((?:「[^」]+」と?)+)", page.read_text(encoding="utf-8")) for page in WRITTEN]
    named = {name for found in told for group in found for name in re.findall("「([^」]+)」", group)}
    assert len(named) > 8
    assert named <= labels
