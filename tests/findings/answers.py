"""What stands in the cells of a form, and where (K201 to K220, K251 to K266)."""

from __future__ import annotations

import re
from pathlib import Path

from kohyo.model.finding import Finding
from tests.bends import cells
from tests.bends.bend import Bend, dice
from tests.bends.forms import as_sent, form_of, issue
from tests.bends.opening import saved
from tests.excel.ooxml.packages import parts, rewrite
from tests.findings.stage import Findings, Ground, checked, of_own_file, provokes
from tests.usecases.ending import decide_ending, new_ending
from tests.usecases.small import Small, opened, tab_of, type_into
from tests.usecases.spoiled import MISTYPED, SPOILED

_NUMBER, _DEPARTMENT = "1-1", "企画財政局"


def _named(small: Small, code: str) -> Path:
    """Put a complete form into 回収, named after a code."""
    return small.send(_DEPARTMENT, name=f"{code}.xlsx")


@provokes(*SPOILED, *MISTYPED)
def spoiled_sheets(ground: Ground) -> Findings:
    """Check forms in which somebody did one thing to one sheet."""
    small = ground.small()
    paths = [_named(small, code) for code in (*SPOILED, *MISTYPED)]
    for path in paths:
        with opened(path) as book:
            sheet = book[tab_of(_NUMBER)]
            if path.stem in SPOILED:
                SPOILED[path.stem](sheet)
            else:
                type_into(sheet, dict([MISTYPED[path.stem]]))
    return of_own_file(checked(paths, small))


@provokes("K205", "K216", "K277")
def blocks_and_ticks(ground: Ground) -> Findings:
    """Check a date without a year, and perspectives that stay unknown."""
    small = ground.small()
    ticks = dict.fromkeys(("tick_finance", "tick_online", "tick_staff", "tick_partners"), "不明")
    small.send(_DEPARTMENT, {_NUMBER: ticks}, name="K216.xlsx")
    with opened(_named(small, "K205")) as book:
        type_into(book["市民の声"], {"heard.1": "使いやすい。", "heard_on.1": "6月3日"})
    with opened(_named(small, "K277")) as book:
        type_into(book["市民の声"], {"heard.1": "使いやすい。", "heard_on.1": "令和21年6月3日"})
    return of_own_file(checked(small.workspace.returns.iterdir(), small))


@provokes("K280")
def half_of_what_stands_beside(ground: Ground) -> Findings:
    """Check what 1/2 became in the cell of a target beside a number of its size."""
    (path,) = ground.files({"K280": form_of("区長室")})
    with opened(path) as book:
        sheet = book[next(sheet.tab for sheet in issue("区長室").sheets if sheet.item)]
        type_into(sheet, {"indicator_baseline": 38200, "indicator_target": 45293})
    return checked([path])


@provokes("K220")
def an_item_that_goes_on(ground: Ground) -> Findings:
    """Consolidate again after the end that a form wanted was declined."""
    small = new_ending(ground.folder / "終わる")
    decide_ending(small, "不採用")
    return small.consolidate().findings


@provokes("K208", "K213")
def what_a_cell_hides(ground: Ground) -> Findings:
    """Check the result of a formula, and a letter that no cell can hold."""
    small = ground.small()
    for code, typed in (("K208", {"saving": "=100+200"}), ("K213", {"overview": "鈴（音）"})):
        small.send(_DEPARTMENT, {_NUMBER: typed}, name=f"{code}.xlsx")
    _replaced(small.workspace.returns / "K208.xlsx", r"(<f>100\+200</f>)<v\s*(?:/>|></v>)", b"<v>300</v>")
    _replaced(small.workspace.returns / "K213.xlsx", "（音）", b"_x0007_")
    return of_own_file(checked(small.workspace.returns.iterdir(), small))


def _replaced(path: Path, pattern: str, by: bytes) -> None:
    """Replace what stands in a part of a workbook; groups of the pattern stay before it."""
    changed: dict[str, bytes] = {}
    for name, content in parts(path).items():
        spelled = re.sub(b"&#([0-9]+);", lambda found: chr(int(found[1])).encode(), content)  # as openpyxl does by lxml
        new = re.sub(pattern.encode(), lambda found: b"".join(filter(None, found.groups())) + by, spelled)
        changed |= {name: new} if new != content else {}
    assert changed
    rewrite(path, changed)


@provokes("K212")
def a_cell_that_was_not_asked_for(ground: Ground) -> Findings:
    """Consolidate a form in which the number was typed over."""
    small = ground.small()
    small.send(_DEPARTMENT, {_NUMBER: {"number": "9-9"}})
    return small.consolidate().findings


@provokes("K266")
def under_a_merge(ground: Ground) -> Findings:
    """Check an answer that a merge hides."""
    return _bent(ground, cells.merge_off_the_first)


def _bent(ground: Ground, bend: Bend) -> list[Finding]:
    book = as_sent("区長室")
    assert bend(book, dice(1))
    path = ground.folder / "調査票.xlsx"
    path.write_bytes(saved(book))
    return list(checked([path]))
