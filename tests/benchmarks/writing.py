"""Writing N forms against openpyxl: ``python -m tests.benchmarks.writing -n 30``.

Ours works out every text, formula, height and rule while it is measured; openpyxl is told them all beforehand
(``openpyxl_form``). Stamped forms begin without a stamp in each run, or with those of the run before; drawn ones are
what every form was before there were stamps. Aim: at most 0.06 of openpyxl with named styles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kohyo.excel.form.drawn_form import drawn_form
from kohyo.excel.form.form_layout import lines_beside, tall
from kohyo.excel.form.form_stamp import stamp_of
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.ooxml.atomic_write import save_bytes
from tests.benchmarks.common import Survey, made_up
from tests.benchmarks.measuring import compare, machine, options, show
from tests.benchmarks.openpyxl_form import Recipe, recipe_of, write_named, write_streaming, write_usual

OURS = "kohyo, stamps made anew"


def main() -> None:
    """Let the writers take turns and print the table."""
    chosen = options(__doc__, files=30)
    survey = issued(chosen.files)
    with TemporaryDirectory() as folder:
        recipes = recipes_of(write_ours(survey, Path(folder)))
        rows = compare(writers(survey, recipes, Path(folder)), OURS, chosen)
    show(
        f"Writing {chosen.files} forms, medians of {chosen.repeats} ({machine()})",
        ("", "ms a form", "x ours", "CPU ms a form", "x ours"),
        rows,
    )


def issued(forms: int) -> Survey:
    """Return a survey of ``forms`` departments, whose forms have ten item sheets each."""
    return made_up(forms * 2)


def recipes_of(paths: Sequence[Path]) -> tuple[Recipe, ...]:
    """Return what the counterparts are told."""
    return tuple(map(recipe_of, paths))


def writers(survey: Survey, recipes: Sequence[Recipe], folder: Path) -> dict[str, Callable[[], object]]:
    """Return the writers by name; each writes all forms into ``folder``."""
    ways = {
        "openpyxl, style by style": write_usual,
        "openpyxl, named styles": write_named,
        "openpyxl, write-only": write_streaming,
    }
    theirs = {name: _theirs(way, recipes, folder) for name, way in ways.items()}
    ours = {
        OURS: lambda: write_ours(survey, folder),
        "kohyo, stamps at hand": lambda: write_again(survey, folder),
        "kohyo, drawn": lambda: write_drawn(survey, folder),
    }
    return {**ours, **theirs}


def write_ours(survey: Survey, folder: Path) -> tuple[Path, ...]:
    """Write all forms as ``kohyo distribute`` does; texts measured in an earlier run and stamps are forgotten."""
    stamp_of.cache_clear()
    return write_again(survey, folder)


def write_again(survey: Survey, folder: Path) -> tuple[Path, ...]:
    """Write all forms with the stamps of an earlier run."""
    _forget_texts()
    paths = _paths(survey, folder)
    for path, issue in zip(paths, survey.issues, strict=True):
        write_form(path, survey.plan, issue, survey.plan.cycle.closes)
    return paths


def write_drawn(survey: Survey, folder: Path) -> tuple[Path, ...]:
    """Draw all forms, cell by cell."""
    _forget_texts()
    paths = _paths(survey, folder)
    for path, issue in zip(paths, survey.issues, strict=True):
        save_bytes(path, drawn_form(survey.plan, issue, survey.plan.cycle.closes).content)
    return paths


def _forget_texts() -> None:
    tall.cache_clear()
    lines_beside.cache_clear()


def _paths(survey: Survey, folder: Path) -> tuple[Path, ...]:
    return tuple(folder / f"{place}.xlsx" for place in range(len(survey.issues)))


def _theirs(way: Callable[[Path, Recipe], None], recipes: Sequence[Recipe], folder: Path) -> Callable[[], object]:
    def work() -> None:
        for place, recipe in enumerate(recipes):
            way(folder / f"{way.__name__} {place}.xlsx", recipe)

    return work


if __name__ == "__main__":
    main()
