"""The independent eye (独立した目): what LibreOffice shows in the cells that were read, by rules of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kohyo.model.returned_book import Answer
from tests.bends.truth import Understood
from tests.office.office import Book, Office, OfficeError

_ERA = 2018
_WITHOUT_WIDTH = " \u200b"


def compared(found: Understood) -> Iterator[tuple[str, Answer]]:
    """Yield the answers that were read, with their sheets, of which no finding tells."""
    named = {(finding.place.sheet, finding.place.cell) for finding in found.findings}
    for pair, answers in found.trusted:
        sheet = pair.sheet.place.sheet
        for answer in answers.values.values():
            if (sheet, answer.place.cell) not in named:
                yield sheet, answer


def disagreements(found: Understood, office: Office, path: Path) -> list[str]:
    """Return the cells in which LibreOffice shows something else than was read; none where it cannot open the file."""
    try:
        book = office.open(path)
    except OfficeError:
        return []
    with book:
        return [fault for sheet, answer in compared(found) if (fault := _fault(book, sheet, answer))]


def _fault(book: Book, sheet: str, answer: Answer) -> str:
    shown = book.text(sheet, answer.place.cell)
    same = _says(shown, answer)
    return "" if same else f"{sheet}!{answer.place.cell}: {shown!r} is shown, {answer.value!r} was read"


def _says(shown: str, answer: Answer) -> bool:
    """Tell whether a text that is shown says what was read, by rules of its own; nothing where nothing was."""
    plain = unicodedata.normalize("NFKC", shown).strip()
    if not answer.typed:
        return not plain.strip(_WITHOUT_WIDTH)
    if isinstance(answer.value, date):
        day = answer.value
        year = day.year - _ERA if plain.startswith("令和") else day.year
        return [int(digits) for digits in re.findall("[0-9]+", plain)] == [year, day.month, day.day]
    if isinstance(answer.value, (int, float)):
        number = re.search(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", plain.replace("−", "-"))
        if number and float(number[0].replace(",", "")) == answer.value:
            return True
    return "".join(plain.split()) == "".join(unicodedata.normalize("NFKC", answer.typed).split())
