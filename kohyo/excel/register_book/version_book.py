"""A register frozen as a plan version (版): a copy of the workbook that says what it is and is not to be written.

The copy keeps all that the secretariat added. One more sheet tells its name, year and day; Excel recommends to open
it read-only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from kohyo.errors import FileError, TextError
from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.package import Package
from kohyo.excel.register_book.register_grid import Grids
from kohyo.excel.register_book.register_load import read_register
from kohyo.messages import section, wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.value import RawValue
from kohyo.model.version import Version
from kohyo.returns.parse_value import as_typed
from kohyo.text.dates import fiscal_year_label, parse_date, parse_fiscal_year
from kohyo.text.normalise import Key, key

_SHARING = '<fileSharing readOnlyRecommended="1"/>'
_FILE_VERSION = re.compile(r"<fileVersion\b[^>]*/>")
_ROOT = re.compile(r"<workbook\b[^>]*>")
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cols><col min="1" max="1" width="16" customWidth="1"/><col min="2" max="2" width="60" customWidth="1"/></cols>'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def write_version(source: Path, target: Path, version: Version) -> None:
    """Copy the register at ``source`` to the new file ``target`` as ``version``; raise FileError when it cannot be."""
    try:
        package = Package(source)
        workbook = {name: _with_sharing(part) for name, part in package.read_where(lambda _: False).items()}
        package.copy(target, {wording("workbook.version.sheet"): [_sheet(version)]}, workbook)
        flush(target)
    except OSError as error:
        raise FileError("unwritable", path=target) from error


def read_version(path: Path, plan: Plan) -> tuple[Version, Register]:
    """Return what the version says of itself and the register that it holds; raise FileError when it cannot be read.

    A register that was put among the versions by hand is called after its file.
    """
    return describe_version(path, plan), read_register(path, plan, []).register


def describe_version(path: Path, plan: Plan) -> Version:
    """Return what the version at ``path`` says of itself, without reading its register."""
    if not path.is_file():
        raise FileError("unreadable", path=path)
    grids = Grids(path)
    title = wording("workbook.version.sheet")
    said: dict[Key, RawValue] = {}
    if title in grids.titles:
        said = {key(row.get(0)): row.get(1) for row in grids.grid(title).rows.values() if row.get(0) is not None}
    words = section("workbook")["version"]["lines"]
    found = {name: said.get(key(label)) for name, label in words.items()}
    return _understood(path, plan, found)


def _understood(path: Path, plan: Plan, said: Mapping[str, RawValue]) -> Version:
    try:
        year = parse_fiscal_year(said.get("year")).year
    except TextError:
        year = plan.cycle.year
    try:
        day = parse_date(said.get("frozen_on"))
    except TextError:
        day = None
    texts = {name: as_typed(said.get(name)) for name in ("plan", "plan_version")}
    name = path.stem
    return Version(name, year, day, texts["plan"] or plan.plan.name, texts["plan_version"] or name)


def _sheet(version: Version) -> bytes:
    """Return the sheet that says what the version is."""
    words = section("workbook")["version"]
    values = {
        "name": version.name,
        "year": fiscal_year_label(FiscalYear(version.year)),
        "frozen_on": version.frozen_on.isoformat() if version.frozen_on else "",
        "plan": version.plan,
        "plan_version": version.plan_version,
    }
    lines = [(label, values[name]) for name, label in words["lines"].items()]
    rows = [_row(number, pair) for number, pair in enumerate([*lines, (words["note_label"], words["note"])], 1)]
    return _SHEET.format(rows="".join(rows)).encode("utf-8")


def _row(number: int, texts: tuple[str, str]) -> str:
    cells = (
        f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'
        for letter, text in zip("AB", texts, strict=True)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _with_sharing(workbook: str) -> str:
    """Let Excel propose to open it read-only: said where the format wants it, after the file's version."""
    text = re.sub(r"<fileSharing\b[^>]*/>", "", workbook)
    place = _FILE_VERSION.search(text) or _ROOT.search(text)
    return text[: place.end()] + _SHARING + text[place.end() :] if place else workbook
