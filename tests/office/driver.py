"""LibreOffice by command, as a person at the screen: one JSON object a line in, one a line out.

Run under the system's own python3, which has UNO: ``-m tests.office.driver SOFFICE PROFILE``. Ends when its input
ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import uno  # type: ignore[import-not-found] # lives in the system's python3 alone

from tests.office import looking
from tests.office.painting import Painter

Uno: TypeAlias = Any  # whatever UNO hands out

START_SECONDS = 60
EXCEL = "Calc MS Excel 2007 XML"
EXCEL_VBA = "Calc MS Excel 2007 VBA XML"
CONTROL = "com.sun.star.form.component.CommandButton"  # has a tag, as a button of a ribbon has
ALWAYS_RUN = 4  # com.sun.star.document.MacroExecMode
PDF = "calc_pdf_Export"
_LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ja-JP</value></prop></item>
</oor:items>
"""


def option(name: str, value: object) -> Uno:
    """Return one named argument as UNO takes it."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def url(path: str) -> str:
    """Return a path as LibreOffice names files."""
    return Path(path).resolve().as_uri()


class Office:
    """One LibreOffice with a profile of its own on a Japanese PC, and the books that are open in it."""

    def __init__(self, soffice: str, profile: Path) -> None:
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_LOCALE, encoding="utf-8")
        pipe = f"kohyo{os.getpid()}"
        self._process = subprocess.Popen(  # noqa: S603 - the program that the tests found
            [
                soffice,
                f"-env:UserInstallation={profile.as_uri()}",
                *("--headless", "--norestore", "--nologo", "--nodefault"),
                f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = _connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        services = context.ServiceManager
        self._desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        self._controls = partial(services.createInstanceWithContext, CONTROL, context)
        self._books: dict[int, Uno] = {}

    def open(self, path: str) -> int:
        """Open the workbook at ``path`` itself, which leaves a lock file beside it, and return its number."""
        document = self._desktop.loadComponentFromURL(url(path), "_blank", 0, (option("Hidden", True),))  # noqa: FBT003
        if document is None:
            raise OSError(path)
        number = len(self._books) + 1
        self._books[number] = document
        return number

    def open_with_macros(self, path: str) -> int:
        """Open a workbook or an add-in, let its VBA run, and return its number."""
        options = [option("Hidden", True), option("MacroExecutionMode", ALWAYS_RUN)]  # noqa: FBT003
        if path.endswith(".xlam"):
            options.append(option("FilterName", EXCEL_VBA))
        document = self._desktop.loadComponentFromURL(url(path), "_blank", 0, tuple(options))
        if document is None:
            raise OSError(path)
        number = len(self._books) + 1
        self._books[number] = document
        return number

    def book(self, number: int) -> Book:
        """Return an open book to work on."""
        return Book(self._books[number], self._dispatcher, self._controls)

    def stop(self) -> None:
        """End LibreOffice and wait for it."""
        self._desktop.terminate()
        self._process.wait(timeout=START_SECONDS)


def _connected(address: str) -> Uno:
    """Return LibreOffice's context, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return resolver.resolve(address)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


class Book:
    """An open workbook; every public method is a command."""

    def __init__(self, document: Uno, dispatcher: Uno, controls: Callable[[], Uno]) -> None:
        self._document = document
        self._dispatcher = dispatcher
        self._controls = controls

    def _sheet(self, sheet: str) -> Uno:
        return self._document.Sheets.getByName(sheet)

    def _cell(self, sheet: str, cell: str) -> Uno:
        return self._sheet(sheet).getCellRangeByName(cell)

    def _do(self, command: str, **arguments: object) -> None:
        frame = self._document.getCurrentController().getFrame()
        options = tuple(option(name, value) for name, value in arguments.items())
        self._dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, options)

    def _go_to(self, sheet: str, cell: str) -> None:
        self._document.getCurrentController().setActiveSheet(self._sheet(sheet))
        self._do("GoToCell", ToPoint=cell)

    # What a person does.

    def type(self, sheet: str, cell: str, text: str) -> None:
        """Go to a cell and type; a locked cell refuses."""
        self._go_to(sheet, cell)
        self._do("EnterString", StringName=text)

    def unprotect(self, sheet: str) -> None:
        """Lift the protection, which has no password."""
        self._sheet(sheet).unprotect("")

    def insert_row(self, sheet: str, cell: str) -> None:
        """Insert a row above a cell."""
        self._go_to(sheet, cell)
        self._do("InsertRowsBefore")

    def insert_column(self, sheet: str, cell: str) -> None:
        """Insert a column left of a cell."""
        self._go_to(sheet, cell)
        self._do("InsertColumnsBefore")

    def move_cell(self, sheet: str, cell: str, target: str) -> None:
        """Cut a cell and paste it elsewhere on its sheet."""
        source = self._cell(sheet, cell).getRangeAddress()
        self._sheet(sheet).moveRange(self._cell(sheet, target).getCellAddress(), source)

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Give a sheet another name."""
        self._sheet(sheet).setName(name)

    def move_sheet(self, sheet: str, place: int) -> None:
        """Put a sheet before the one that stands at ``place``, counted from 0."""
        self._document.Sheets.moveByName(sheet, place)

    def copy_sheet(self, sheet: str, name: str, place: int) -> None:
        """Copy a sheet."""
        self._document.Sheets.copyByName(sheet, name, place)

    def delete_sheet(self, sheet: str) -> None:
        """Delete a sheet."""
        self._document.Sheets.removeByName(sheet)

    def add_sheet(self, name: str) -> None:
        """Add an empty sheet behind the others."""
        self._document.Sheets.insertNewByName(name, len(self.sheets()))

    def comment(self, sheet: str, cell: str, text: str) -> None:
        """Write a comment on a cell."""
        self._sheet(sheet).Annotations.insertNew(self._cell(sheet, cell).getCellAddress(), text)

    def paint(self, sheet: str, cell: str, how: str, arguments: list[object]) -> None:
        """Change the looks of a cell in a way that a painter knows."""
        getattr(Painter(self._document, self._sheet(sheet), self._cell(sheet, cell)), how)(*arguments)

    def sort(self, sheet: str, area: str, column: int, *, ascending: bool) -> None:
        """Sort an area with a heading by its column, counted from 0."""
        key = uno.createUnoStruct("com.sun.star.table.TableSortField")
        key.Field, key.IsAscending = column, ascending
        keys = uno.Any("[]com.sun.star.table.TableSortField", (key,))
        self._cell(sheet, area).sort((option("SortFields", keys), option("ContainsHeader", True)))  # noqa: FBT003

    def recalculate(self) -> None:
        """Calculate every formula anew."""
        self._document.calculateAll()

    # What a person sees.

    def sheets(self) -> list[str]:
        """Return the names of all sheets, hidden ones among them."""
        return list(self._document.Sheets.ElementNames)

    def read(self, sheet: str, cell: str) -> dict[str, object]:
        """Return what a cell shows and whether a formula says it."""
        found = self._cell(sheet, cell)
        return {"text": found.String, "is_formula": found.Type.value == "FORMULA"}

    def look(self, sheet: str, links: list[str]) -> dict[str, object]:
        """Return what there is to see on the printed part of a sheet; ``links`` are its cells with one."""
        return looking.Seen(self._document, self._sheet(sheet)).look(links)

    # What its VBA does.

    def modules(self) -> dict[str, str]:
        """Return the source of the VBA by module."""
        libraries = self._document.BasicLibraries
        found = {}
        for name in libraries.ElementNames:
            libraries.loadLibrary(name)
            library = libraries.getByName(name)
            found.update({module: library.getByName(module) for module in library.ElementNames})
        return found

    def call(self, macro: str, *, tag: str | None = None, arguments: list[object] | None = None) -> object:
        """Call ``Module.Name`` with arguments, or with a button that carries ``tag``, and return its result."""
        given: tuple[object, ...] = tuple(arguments or ())
        if tag is not None:
            button = self._controls()
            button.Tag = tag
            given = (button,)
        module = macro.partition(".")[0]
        libraries = self._document.BasicLibraries
        (library,) = (name for name in libraries.ElementNames if libraries.getByName(name).hasByName(module))
        address = f"vnd.sun.star.script:{library}.{macro}?language=Basic&location=document"
        return self._document.getScriptProvider().getScript(address).invoke(given, (), ())[0]

    # What is left behind.

    def save(self, path: str) -> None:
        """Save a copy as xlsx."""
        self._document.storeToURL(url(path), (option("FilterName", EXCEL),))

    def save_in_place(self) -> None:
        """Save the workbook where it lies, as what it is."""
        self._document.store()

    def print(self, path: str) -> None:
        """Print to PDF, with the sheets in its outline."""
        outlined = uno.Any("[]com.sun.star.beans.PropertyValue", (option("ExportBookmarks", True),))  # noqa: FBT003
        self._document.storeToURL(url(path), (option("FilterName", PDF), option("FilterData", outlined)))

    def close(self) -> None:
        """Close without saving."""
        self._document.close(True)  # noqa: FBT003 - UNO takes no names


def answers(office: Office, lines: Iterator[str]) -> Iterator[dict[str, object]]:
    """Carry out each line's command and yield what came of it."""
    for line in lines:
        order = json.loads(line)
        name, number = order.pop("do"), order.pop("book", None)
        try:
            doer: Callable[..., object] = getattr(office if number is None else office.book(number), name)
            yield {"result": doer(**order)}
        except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
            yield {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Serve until the input ends."""
    office = Office(sys.argv[1], Path(sys.argv[2]))
    try:
        for answer in answers(office, iter(sys.stdin.readline, "")):
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    finally:
        office.stop()


if __name__ == "__main__":
    main()
