"""The ribbon, its documents and the built add-in agree with the table of tasks.

B1  each button's tag has a task and each task a button; labels, hints and ids are what Excel takes
B2  what lies in macros/ is what is built today
B3  the built add-in is read back by olevba and as a compound file without a fault; it holds the texts of the .bas files
B4  its VBA project is laid out as in an add-in that Excel opens
B5  macros/README.md names every button, every file, and what is still to be looked at in Excel
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import olefile
import pytest
import xlwings
from hypothesis import given, settings
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream
from python_calamine import CalamineWorkbook

import kohyo
from kohyo.addin.ribbon import CALLBACK, NAMESPACE, ribbon_xml
from kohyo.addin.tasks import TASKS, Task, groups
from kohyo.messages import section
from tests.tools.make_addin import FOLDER, MODULES, built, sources
from tests.tools.vba.compression import compress
from tests.tools.vba.project import encrypted

ADDIN = FOLDER / "kohyo.xlam"


def buttons() -> list[ET.Element]:
    """Return the ribbon's buttons."""
    return list(ET.fromstring(ribbon_xml()).iter(f"{{{NAMESPACE}}}button"))  # noqa: S314 - our own


def part(name: str) -> bytes:
    """Return a part of the built add-in."""
    with zipfile.ZipFile(ADDIN) as package:
        return package.read(name)


def project() -> olefile.OleFileIO:
    """Open the add-in's VBA project; any doubt about its form is an error."""
    return olefile.OleFileIO(io.BytesIO(part("xl/vbaProject.bin")), raise_defects=olefile.DEFECT_UNSURE)


def test_each_button_has_a_task_and_each_task_a_button() -> None:
    """B1: In the order of the table, group by group."""
    assert [button.get("tag") for button in buttons()] == [task.tag for group in groups().values() for task in group]
    assert {button.get("onAction") for button in buttons()} == {CALLBACK}
    assert len({task.tag for task in TASKS}) == len(TASKS)
    assert list(section("addin")["buttons"]) == [task.tag for task in TASKS]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.tag)
def test_a_task_is_a_plain_function(task: Task) -> None:
    """B1: Of the tag's name, over a book, undecorated, with a docstring that names the button."""
    function: Any = task.action
    assert list(function.__annotations__) == ["book", "return"]
    assert not hasattr(function, "__wrapped__")
    assert task.label in (function.__doc__ or "")


def test_words_are_what_excel_takes() -> None:
    """B1: Ids are unique, hints within Excel's 1024 characters, labels short, groups named in the wording's order."""
    ids = [element.get("id") for element in ET.fromstring(ribbon_xml()).iter() if element.get("id")]  # noqa: S314
    assert len(ids) == len(set(ids))
    for task in TASKS:
        assert re.fullmatch("[a-z_]{1,32}", task.tag)
        assert len(task.label) <= 9
        assert len(task.screentip) <= 255
        assert len(task.supertip) <= 1023
        assert re.fullmatch("[A-Za-z]+", task.icon)
    assert list(groups()) == [name for name in section("addin")["groups"] if name in groups()]


_TAKES = {
    "customUI": ({"ribbon"}, set()),
    "ribbon": ({"tabs"}, set()),
    "tabs": ({"tab"}, set()),
    "tab": ({"group"}, {"id", "label"}),
    "group": ({"button"}, {"id", "label"}),
    "button": (set(), {"id", "tag", "label", "size", "imageMso", "screentip", "supertip", "onAction"}),
}
"""What an element of the ribbon may hold, and its attributes, of those that the add-in uses (customUI 2006/01)."""


def test_the_ribbon_is_as_the_schema_has_it() -> None:
    """B1: Excel shows no tab at all where one element or attribute is not known to it, and says nothing."""
    root = ET.fromstring(ribbon_xml())  # noqa: S314 - our own
    for element in root.iter():
        space, _, name = element.tag.removeprefix("{").partition("}")
        inner, attributes = _TAKES[name]
        assert space == NAMESPACE
        assert {child.tag.rpartition("}")[2] for child in element} <= inner
        assert set(element.keys()) <= attributes
        assert element.get("size", "normal") in ("normal", "large")
        assert re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", element.get("id", "x"))
        assert all(value.strip() for value in element.attrib.values())
        assert not [sign for value in element.attrib.values() for sign in value if sign in "\n\t"]
    assert len(list(root.iter(f"{{{NAMESPACE}}}tab"))) == 1


@pytest.mark.parametrize("name", ["customUI.xml", "ribbon.svg", "README.md"])
def test_texts_are_up_to_date(name: str) -> None:
    """B2: Run ``tests.tools.make_addin`` after a change."""
    assert (FOLDER / name).read_bytes() == built()[name]


def test_the_addin_is_up_to_date() -> None:
    """B2: Part by part, for the compression may differ from machine to machine."""
    with zipfile.ZipFile(ADDIN) as kept, zipfile.ZipFile(io.BytesIO(built()["kohyo.xlam"])) as now:
        assert kept.namelist() == now.namelist()
        assert [name for name in now.namelist() if kept.read(name) != now.read(name)] == []


@pytest.mark.parametrize("name", MODULES)
def test_source_is_ascii_and_named_as_its_file(name: str) -> None:
    """B2: VBA stands in the project's code page; ASCII is the same in every one."""
    source = (FOLDER / f"{name}.bas").read_bytes()
    assert source.isascii()
    assert source.startswith(f'Attribute VB_Name = "{name}"'.encode())
    assert b"Option Explicit" in source


def test_olevba_reads_the_modules_back() -> None:
    """B3: Every module's source is the text of its file."""
    parser = VBA_Parser(str(ADDIN))
    found = {stream.rpartition("/")[2]: code for _, stream, _, code in parser.extract_macros()}
    parser.close()
    for name, source in sources().items():
        assert found[name].replace("\r\n", "\n").rstrip() == source.rstrip()
    assert set(found) == {*MODULES, "ThisWorkbook", "Sheet1"}


def test_the_vba_asks_for_nothing_suspicious_but_what_it_is_for() -> None:
    """B3: It starts a program, reads its settings, writes a request; it neither downloads nor runs by itself."""
    parser = VBA_Parser(str(ADDIN))
    kinds = {(kind, word) for kind, word, _ in parser.analyze_macros()}
    parser.close()
    assert not [word for kind, word in kinds if kind in ("AutoExec", "IOC")]
    suspicious = {word.lower() for kind, word in kinds if kind == "Suspicious"}
    assert suspicious <= {
        *("environ", "open", "put", "binary", "shell", "wscript.shell", "run", "createobject", "chr", "hex strings"),
        *("output", "print #"),
    }


def test_the_package_is_an_addin_with_a_ribbon() -> None:
    """B3: Content type, relation and part; the texts that VBA shows; a reader of workbooks opens it."""
    assert b"vnd.ms-excel.addin.macroEnabled.main+xml" in part("[Content_Types].xml")
    assert b'Target="customUI/customUI.xml"' in part("_rels/.rels")
    assert part("customUI/customUI.xml") == ribbon_xml().encode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(ADDIN.read_bytes()))
    texts: dict[Any, Any] = dict(book.get_sheet_by_name("kohyo").to_python())  # type: ignore[arg-type]
    assert texts == {"version": kohyo.__version__, "title": "個票", **section("addin")["vba"]}
    asked = set(re.findall(r'KohyoText\("(\w+)"\)', "".join(sources().values())))
    assert asked == set(texts)
    assert len(texts) <= 20


def test_the_compound_file_is_sound() -> None:
    """B3: A strict reader finds nothing to complain about."""
    opened = project()
    assert opened.parsing_issues == []
    assert {"PROJECT", "PROJECTwm", "VBA"} == {entry[0] for entry in opened.listdir(storages=True)}


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a ``dir`` stream."""
    at = 0
    while at < len(data):
        identity, size = struct.unpack_from("<HI", data, at)
        size = 6 if identity == 0x09 else size
        yield identity, data[at + 6 : at + 6 + size]
        at += 6 + size


def directory(opened: olefile.OleFileIO) -> list[tuple[int, bytes]]:
    """Return the records of a project's ``dir`` stream."""
    return list(records(bytes(decompress_stream(bytearray(opened.openstream("VBA/dir").read())))))


def reference() -> olefile.OleFileIO:
    """Open the VBA project of an add-in that Excel opens on many desks: the one that xlwings gives its users."""
    with zipfile.ZipFile(Path(xlwings.__file__).with_name("quickstart_addin_ribbon.xlam")) as package:
        return olefile.OleFileIO(io.BytesIO(package.read("xl/vbaProject.bin")))


def test_the_project_is_laid_out_as_one_that_excel_opens() -> None:
    """B4: The same records in the same order, the same streams, the same lines in PROJECT."""
    ours, theirs = project(), reference()
    head = [identity for identity, _ in directory(theirs)][:14]
    assert [identity for identity, _ in directory(ours)][:14] == head

    def module(opened: olefile.OleFileIO) -> list[int]:
        identities = [identity for identity, _ in directory(opened)]
        start = identities.index(0x19)
        return identities[start : identities.index(0x2B) + 1]

    assert module(ours) == module(theirs)
    assert directory(ours)[-1] == directory(theirs)[-1] == (0x10, b"")
    cache = [opened.openstream("VBA/_VBA_PROJECT").read() for opened in (ours, theirs)]
    assert cache[0] == cache[1]

    def keys(opened: olefile.OleFileIO) -> list[str]:
        lines = opened.openstream("PROJECT").read().decode("ascii").splitlines()
        names = [line.partition("=")[0] for line in lines if not line.startswith(("Document", "Class", "Module"))]
        return names[: names.index("[Workspace]") + 1]

    assert keys(ours) == keys(theirs)


def revealed(code: str, identity: str) -> bytes:
    """Return what a disguised value of a PROJECT stream holds ([MS-OVBA] 2.4.3.3)."""
    seed, version, key, *rest = bytes.fromhex(code)
    assert seed ^ version == 2
    plain, last, before = seed ^ key, key, version
    assert plain == sum(identity.encode()) & 0xFF
    out = []
    for byte in rest:
        plain = byte ^ (before + plain & 0xFF)
        before, last = last, byte
        out.append(plain)
    content = bytes(out)[(seed & 6) // 2 :]
    (length,) = struct.unpack_from("<I", content)
    assert len(content) == 4 + length
    return content[4:]


def test_protection_is_said_as_excel_says_it() -> None:
    """B4: Unprotected, no password, visible, in both; what reveals theirs reveals ours."""
    told = []
    for opened in (reference(), project()):
        text = opened.openstream("PROJECT").read().decode("ascii")
        identity = re.findall('ID="(.*?)"', text)[0]
        told.append([revealed(code, identity) for code in re.findall('(?:CMG|DPB|GC)="(.*?)"', text)])
    assert told[0] == told[1] == [bytes(4), bytes(1), b"\xff"]


@given(st.binary(max_size=40), st.integers(0, 255))
def test_disguise_is_reversible(data: bytes, seed: int) -> None:
    """B4: Whatever is disguised with whatever seed comes back."""
    identity = "{6B6F6879-6F00-4000-8000-6B6F68796F01}"
    assert revealed(encrypted(data, identity, seed), identity) == data


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=400), st.integers(1, 40))
def test_compressed_text_comes_back(text: str, times: int) -> None:
    """B3: olevba restores what was compressed, over chunks and repetitions."""
    data = (text + "\r\n").encode() * times
    assert bytes(decompress_stream(bytearray(compress(data)))) == data


def test_the_readme_names_every_button_and_file() -> None:
    """B5: Label and tag of each button in one table row; each file of the folder; the check-list for Excel."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for task in TASKS:
        assert re.search(rf"^\|.*{task.label}.*`{task.tag}`.*`{re.escape(task.command)}`", text, re.MULTILINE), task.tag
    for path in FOLDER.iterdir():
        assert path.name in text or path.name == "README.md"
    assert text.count("- [ ]") >= 10
    for task in TASKS:
        assert task.label in (FOLDER / "ribbon.svg").read_text(encoding="utf-8")
