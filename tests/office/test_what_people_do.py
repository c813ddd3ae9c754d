"""What honest people do to a form in LibreOffice (現場のふつうの操作): read as it is seen, or a finding at that cell.

1. Each way of typing and painting, on an answer of its own: the value that people see, or a finding that names the
   cell; never another value without a word.
2. Over the whole file, what LibreOffice shows in each answer cell is what was read, or a finding names the cell.
3. Every way is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kohyo.excel.ooxml.worker import Reader
from kohyo.model.value import FieldValue
from tests.bends.forms import form_of, issue, the_plan
from tests.bends.truth import Understood, understood
from tests.office.eye import compared, disagreements
from tests.office.office import Book, Office
from tests.office.real import answer_cells

pytestmark = pytest.mark.office

DEPARTMENT = "政策経営部"
ASKED = object()
"""Nothing is taken: somebody is asked."""

Step = tuple[object, ...]
"""One thing that is done to the looks of a cell, with what that needs."""


@dataclass(frozen=True)
class Deed:
    """What somebody does to an answer: the format before typing, the typing, the looks; what comes of it."""

    field: str
    typed: str
    read: FieldValue | object
    codes: str = ""
    format: str = ""
    looks: tuple[Step, ...] = ()
    alone: bool = False
    """Whether it needs a sheet on which nothing else is done."""


STANDARD = "General"
TEXT, NUMBER, DAY = "situation", "indicator_target", "filled_on"

DEEDS: Mapping[str, Deed] = {
    "85 % in a number": Deed(NUMBER, "85 %", ASKED, "K273", STANDARD),
    "15% in a number": Deed("effect_finance", "15%", ASKED, "K273", STANDARD),
    "15% in a number as sent": Deed("indicator_actual", "15%", 0.15, "K279"),
    "50% in a text": Deed(TEXT, "50%", "50%"),
    "50% in a text of the standard format": Deed("measures", "50%", "50.00%", "K275", STANDARD),
    "12.345 shown in per cent": Deed("result", "0.12345", "12%", "K275", "0%"),
    "1/2 in a number": Deed(NUMBER, "1/2", ASKED, "K204 K273 K276", STANDARD),
    "1/2 in a number as sent": Deed("effect_finance", "1/2", ASKED, "K204 K273 K276"),
    "1/2 in a text": Deed(TEXT, "1/2", "1/2"),
    "1/2 in a text of the standard format": Deed("measures", "1/2", ..., "K273 K275", STANDARD),
    "13:00 in a text": Deed("effect_time", "13:00", "13:00"),
    "13:00 in a text of the standard format": Deed("result", "13:00", ..., "K273 K275", STANDARD),
    "25:30 in a text of the standard format": Deed("effect_service", "25:30", ..., "K273 K275", STANDARD),
    "13:00 as hours and minutes": Deed("plan_2024", "13:00", "13:00", "K275", "h:mm"),
    "25:30 as hours and minutes": Deed("plan_2025", "25:30", "25:30", "K275", "[h]:mm"),
    "a text struck through in part": Deed(TEXT, "三年ごとに毎年見直す。", "毎年見直す。", "K270", "", (("strike", 5),)),
    "a text struck through wholly": Deed("measures", "三年ごとに", ASKED, "K271", "", (("strike", 99),)),
    "a cell struck through": Deed("result", "消した文", ASKED, "K271", "", (("strike_cell",),)),
    "a number struck through": Deed("effect_finance", "1200", ASKED, "K271", "", (("strike_cell",),)),
    "a text box over an answer": Deed(
        TEXT, "使用料を見直す。", "使用料を見直す。", "K211", "", (("box", "続きは別紙"),)
    ),
    "a text box over nothing": Deed("measures", "", ASKED, "K201 K211", "", (("box", "別紙のとおり"),)),
    "a comment on an answer": Deed("plan_2026", "始める。", "始める。", "K211", "", (("comment", "実は未定"),)),
    "a comment on nothing": Deed("plan_2027", "", ASKED, "K201 K211", "", (("comment", "未定"),)),
    "a hidden number": Deed("effect_finance", "1200", 1200, "K272", ";;;"),
    "a hidden text": Deed("result", "隠した文", "隠した文", "K272", ";;;"),
    "white on white": Deed("effect_time", "白い文", "白い文", "K272", "", (("white",),)),
    "a column too narrow": Deed("effect_finance", "1234567", 1234567, "K272", "", (("width", 900),), alone=True),
    "a rounded number": Deed(NUMBER, "12.34", 12.34, "K274", "0.0"),
    "a sum that floats": Deed("indicator_actual", "=0.1+0.2", 0.3, "K208 K279", STANDARD),
    "leading zeros in a text": Deed("contact", "1234", "0001234", "K275", "0000000"),
    "leading zeros in a number": Deed("effect_finance", "1200", 1200, "", "0000000"),
    "a day before 1900": Deed(DAY, "1899/3/1", ASKED, "K205 K277"),
    "a day of the era before 1900": Deed(DAY, "明治32年3月1日", ASKED, "K205 K277"),
    "a letter without width": Deed(TEXT, "\u200b", None, "K201"),
    "a year in kanji": Deed(DAY, "二〇二四年六月三日", date(2024, 6, 3)),
    "an era in one letter": Deed(DAY, "㋿6年6月3日", date(2024, 6, 3), "K207"),
    "an era in one character": Deed(DAY, "令6.6.3", date(2024, 6, 3), "K207"),
    "a day long ago": Deed(DAY, "1931/6/3", ASKED, "K277"),
    "a day far off": Deed(DAY, "2042/6/3", ASKED, "K277"),
    "a hidden row": Deed("measures", "隠れた行の文", "隠れた行の文", "K278", "", (("hide_row",),)),
    "a row filtered away": Deed("result", "外れた行の文", "外れた行の文", "K278", "", (("filter_row_away",),)),
    "a hidden column": Deed(TEXT, "隠れた列の文", "隠れた列の文", "K278", "", (("hide_column",),), alone=True),
}


@dataclass(frozen=True)
class Done:
    """The file as LibreOffice saved it, where each deed was done, and what was read."""

    path: Path
    places: Mapping[str, tuple[str, str]]
    found: Understood

    def codes(self, deed: str) -> set[str]:
        """Return the codes of the findings at a deed's cell."""
        at = self.places[deed]
        return {finding.code for finding in self.found.findings if (finding.place.sheet, finding.place.cell) == at}

    def value(self, deed: str) -> object:
        """Return what was read there, ``ASKED`` where nothing was."""
        try:
            return self.found.value(self.places[deed][0], DEEDS[deed].field)
        except KeyError:
            return ASKED


def _tabs() -> dict[str, str]:
    """Return on which sheet each deed is done: no answer is used twice."""
    tabs = [sheet.tab for sheet in issue(DEPARTMENT).sheets if sheet.item]
    lonely = [name for name, deed in DEEDS.items() if deed.alone]
    chosen = dict(zip(lonely, tabs, strict=False))
    free = {field: iter(tabs[len(lonely) :]) for field in {deed.field for deed in DEEDS.values()}}
    return chosen | {name: next(free[deed.field]) for name, deed in DEEDS.items() if not deed.alone}


def _do(book: Book, tab: str, cell: str, deed: Deed) -> None:
    if deed.format:
        book.paint(tab, cell, "format", deed.format)
    book.type(tab, cell, deed.typed)
    for how, *arguments in deed.looks:
        if how == "comment":
            book.comment(tab, cell, str(arguments[0]))
        else:
            book.paint(tab, cell, str(how), *arguments)


@pytest.fixture(scope="module")
def done(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """Do all of it to one form, each on an answer of its own, save it and read it."""
    folder = tmp_path_factory.mktemp("deeds")
    form, path = folder / "調査票.xlsx", folder / "回収" / "調査票.xlsx"
    form.write_bytes(form_of(DEPARTMENT))
    tabs = _tabs()
    places = {name: (tab, answer_cells(form, tab)[DEEDS[name].field]) for name, tab in tabs.items()}
    with office.open(form) as book:
        for tab in sorted(set(tabs.values())):
            book.unprotect(tab)
            book.type(tab, answer_cells(form, tab)["indicator_unit"], "％")
        for name, (tab, cell) in places.items():
            _do(book, tab, cell, DEEDS[name])
        book.save(path)
    with Reader() as reader:
        yield Done(path, places, understood(path, reader, the_plan(), issue(DEPARTMENT)))


@pytest.mark.parametrize("name", DEEDS)
def test_what_people_do(name: str, done: Done) -> None:
    """Either the value that is seen, or a question; and where it is another than is held, it is told (1)."""
    deed = DEEDS[name]
    assert not done.found.refused
    found = done.codes(name)
    assert bool(found) == bool(deed.codes), found
    assert found <= set(deed.codes.split())
    assert deed.read in (..., done.value(name))


def test_the_eye_sees_what_was_read(done: Done, office: Office) -> None:
    """No answer of the file is read otherwise than LibreOffice shows it (2)."""
    assert len(list(compared(done.found))) > 90
    assert disagreements(done.found, office, done.path) == []


def test_each_way_stands_for_itself(done: Done) -> None:
    """No two are done to one answer (3)."""
    assert len(set(done.places.values())) == len(DEEDS)
