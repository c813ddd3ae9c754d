"""Build ``macros/``: ``python -m tests.tools.make_addin`` makes the ribbon's XML, its drawing, kohyo.xlam.

The VBA lies there as text and is written by hand. A test rebuilds everything and compares.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import xlsxwriter

import kohyo
from kohyo.addin.ribbon import ribbon_xml
from kohyo.addin.tasks import TASKS
from kohyo.messages import section, wording
from tests.tools.draw_ribbon import ribbon_drawing
from tests.tools.vba.project import Module, project_bytes, sheet_module, workbook_module

FOLDER = Path(__file__).parents[2] / "macros"
MODULES = ("KohyoRibbon", "KohyoPython", "KohyoSpool")
_PROJECT = "Kohyo"
_SHEET = "kohyo"
_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - workbooks know no time zones; one source, one file
_STAMP = (1980, 1, 1, 0, 0, 0)
_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_PART = "customUI/customUI.xml"
_RIBBON = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"


def built() -> dict[str, bytes]:
    """Return what is built, by file name."""
    return {
        "customUI.xml": ribbon_xml().encode(),
        "ribbon.svg": ribbon_drawing().encode(),
        "kohyo.xlam": addin_bytes(sources()),
        "README.md": readme_text().encode(),
    }


def readme_text() -> str:
    """Return the README with its table of buttons as the tasks are today."""
    groups = section("addin")["groups"]
    rows = "".join(
        f"| {groups[task.group]} | {task.label} | `{task.tag}` | `{task.command}` | {task.supertip} |\n"
        for task in TASKS
    )
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return re.sub(r"(?<=\| --- \|\n)(\|[^\n]*\n)*(?=<!-- end -->)", lambda _: rows, text, flags=re.DOTALL)


def sources() -> dict[str, str]:
    """Return the VBA by module."""
    return {name: (FOLDER / f"{name}.bas").read_text(encoding="ascii") for name in MODULES}


def addin_bytes(modules: Mapping[str, str]) -> bytes:
    """Return the add-in with these modules."""
    return as_addin(workbook_bytes(modules))


def workbook_bytes(modules: Mapping[str, str]) -> bytes:
    """Return a workbook (.xlsm) with these modules and the add-in's sheet of texts."""
    code = [Module(name, source) for name, source in modules.items()]
    project = project_bytes(_PROJECT, [workbook_module(), sheet_module("Sheet1"), *code])
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": wording("addin.tab"), "comments": wording("addin.note"), "created": _CREATED})
        book.add_vba_project(io.BytesIO(project), is_stream=True)
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet(_SHEET)
        sheet.set_vba_name("Sheet1")
        texts = {"version": kohyo.__version__, "title": wording("addin.tab"), **section("addin")["vba"]}
        for row, (key, text) in enumerate(texts.items()):
            sheet.write_row(row, 0, (key, text))
    return target.getvalue()


def as_addin(workbook: bytes) -> bytes:
    """Return the workbook as an add-in (.xlam) with the ribbon."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = _replaced(content, _WORKBOOK_TYPE, _ADDIN_TYPE)
            elif name == "_rels/.rels":
                link = f'<Relationship Id="kohyoRibbon" Type="{_RIBBON}" Target="{_RIBBON_PART}"/></Relationships>'
                content = _replaced(content, "</Relationships>", link)
            _write(new, name, content)
        _write(new, _RIBBON_PART, ribbon_xml().encode())
    return target.getvalue()


def _write(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, content)


def _replaced(content: bytes, old: str, new: str) -> bytes:
    text, count = re.subn(re.escape(old), lambda _: new, content.decode())
    if count != 1:
        raise ValueError(old)
    return text.encode()


if __name__ == "__main__":
    for name, content in built().items():
        (FOLDER / name).write_bytes(content)
