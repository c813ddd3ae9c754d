"""Defined names (名前の定義): those of sheets that are called otherwise are known, and said of the right sheets.

D1   names that are alike but for the names of sheets say what a tree says, in the same order
D2   so do names that were bent anywhere, or they are refused alike
"""

from __future__ import annotations

import random
from xml.etree import ElementTree as ET

import pytest

from kohyo.excel.ooxml import defined_names
from kohyo.excel.ooxml.defined_names import Names, pointing
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.workbook_structure import read_structure
from tests.excel.ooxml.builders import MAIN

_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TABS = ("1-1", "2-10", "表 紙", "It's", "課題", "a>b", "x!y", "R7", "記入,例")
_NAMES = (
    '<definedName name="k_{0}" localSheetId="{0}">\'{sheet}\'!$B${1}</definedName>',
    '<definedName name="K_{0}" hidden="1">\'{sheet}\'!$B${1}:$C$9</definedName>',
    '<definedName name="go_{1}">{bare}!$A$1</definedName>',
    '<definedName name="t" localSheetId="1">\'{sheet}\'!$1:$3</definedName>',
    "<definedName name=\"u\">'{sheet}'!$A:$B,'{sheet}'!$1:$3</definedName>",
    '<definedName name="v">"\'a\'!$A$1"</definedName>',
    "<definedName name=\"w\"> '{sheet}'!C{1} </definedName>",
    '<definedName name="x">1</definedName>',
)
_PLAIN = _NAMES[:4]
_ASKED, _BENT = 2_000, ("'", "!", ">", "<", "&", "$", "A", "\0", '"', "あ", "''", "1", "0")


def _workbook(names: str, tabs: list[str]) -> str:
    sheets = "".join(f'<sheet name="{tab}" r:id="r{number}"/>' for number, tab in enumerate(tabs))
    spelled = f"<definedNames>{names}</definedNames>" if names else ""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{_RELS}"><sheets>{sheets}</sheets>{spelled}</workbook>'


def _spelled(random_: random.Random, kinds: tuple[str, ...], tabs: list[str]) -> str:
    """Return names; with the same numbers they are alike for other tabs."""
    found = []
    for number in range(random_.randrange(1, 9)):
        tab = tabs[random_.randrange(len(tabs))]
        spelled = random_.choice(kinds)
        found.append(spelled.format(number % 3, number + 2, sheet=tab.replace("'", "''"), bare=random_.choice(_TABS)))
    return "".join(found)


def _by_tree(workbook: str) -> Names:
    root = ET.fromstring(workbook)  # noqa: S314 - it was made here
    tabs = [node.get("name", "") for node in root.iter(f"{{{MAIN}}}sheet")]
    nodes = root.iterfind(f"{{{MAIN}}}definedNames/{{{MAIN}}}definedName")
    return pointing([(node.get("name", ""), node.get("localSheetId", ""), node.text or "") for node in nodes], tabs)


def _told(workbook: str, *, by_tree: bool) -> object:
    """Return the names in their order, None where they are refused."""
    try:
        names = _by_tree(workbook) if by_tree else read_structure({"xl/workbook.xml": workbook.encode()}).names
    except (RefusedError, ET.ParseError):
        return None
    return [(sheet, list(cells.items())) for sheet, cells in names.items()]


@pytest.mark.parametrize("kinds", [_PLAIN, _NAMES])
def test_names_that_are_alike_say_what_a_tree_says(kinds: tuple[str, ...]) -> None:
    """D1."""
    defined_names._alike.cache_clear()
    for seed in range(_ASKED):
        tabs = random.Random(seed).sample(_TABS, 3)  # noqa: S311 - examples, no secrets
        workbook = _workbook(_spelled(random.Random(seed % 50), kinds, tabs), tabs)  # noqa: S311 - the same
        assert _told(workbook, by_tree=False) == _told(workbook, by_tree=True), workbook
    assert kinds != _PLAIN or defined_names._alike.cache_info().hits > _ASKED // 8


def test_bent_names_say_what_a_tree_says() -> None:
    """D2."""
    random_ = random.Random(7)  # noqa: S311 - examples, no secrets
    read = 0
    for _ in range(_ASKED):
        tabs = random_.sample(_TABS, 3)
        workbook = _workbook(_spelled(random_, _NAMES, tabs), tabs)
        at = random_.randrange(workbook.index("<definedNames>"), len(workbook))
        workbook = workbook[:at] + random_.choice(_BENT) + workbook[at + random_.randrange(2) :]
        expected = _told(workbook, by_tree=True)
        read += expected is not None
        assert expected is None or _told(workbook, by_tree=False) == expected, workbook
    assert read > _ASKED // 6
