"""A VBA project (vbaProject.bin) from source text ([MS-OVBA]): the source alone, which Excel compiles."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from tests.tools.vba.compound import compound_file
from tests.tools.vba.compression import compress

CODE_PAGE = 1252
_IDENTITY = "{6B6F6879-6F00-4000-8000-6B6F68796F01}"
_SEED = 0x5D
_NO_CACHE = bytes.fromhex("cc61ffff000100")
_WORKBOOK = "{00020819-0000-0000-C000-000000000046}"
_SHEET = "{00020820-0000-0000-C000-000000000046}"
_AUTOMATION = r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"
_HOST = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_COOKIE = 0xFFFF
_VISIBLE = bytes([0xFF])


@dataclass(frozen=True)
class Module:
    """One module: its name, its source, and whether it belongs to the workbook or a sheet."""

    name: str
    source: str
    document: bool = False


def workbook_module(name: str = "ThisWorkbook") -> Module:
    """Return the empty module of the workbook."""
    return Module(name, _document(name, _WORKBOOK), document=True)


def sheet_module(name: str) -> Module:
    """Return the empty module of a sheet."""
    return Module(name, _document(name, _SHEET), document=True)


def project_bytes(name: str, modules: Sequence[Module]) -> bytes:
    """Return the project as Excel stores it; raise UnicodeEncodeError for source that is not ASCII."""
    streams = {f"VBA/{module.name}": compress(_source(module)) for module in modules}
    streams["VBA/dir"] = compress(_directory(name, modules))
    streams["VBA/_VBA_PROJECT"] = _NO_CACHE
    streams["PROJECT"] = _project(name, modules).encode("ascii")
    streams["PROJECTwm"] = b"".join(_both(module.name) for module in modules) + b"\0\0"
    return compound_file(streams)


def _source(module: Module) -> bytes:
    return "\r\n".join(module.source.splitlines()).encode("ascii") + b"\r\n"


def _document(name: str, base: str) -> str:
    attributes = {
        "VB_Name": f'"{name}"',
        "VB_Base": f'"0{base}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": "True",
        "VB_Exposed": "True",
        "VB_TemplateDerived": "False",
        "VB_Customizable": "True",
    }
    return "".join(f"Attribute {key} = {value}\n" for key, value in attributes.items())


def _both(name: str) -> bytes:
    return name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0"


def _record(identity: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", identity, len(data)) + data


def _twice(first: int, second: int, text: str = "") -> bytes:
    """Return a text's two records: in the code page and in UTF-16."""
    return _record(first, text.encode("ascii")) + _record(second, text.encode("utf-16-le"))


def _directory(name: str, modules: Sequence[Module]) -> bytes:
    """Return the ``dir`` stream: what the project is, what it refers to, and its modules."""
    library = _AUTOMATION.encode("ascii")
    return b"".join(
        (
            _record(0x01, struct.pack("<I", 1)),  # 32 bit, as Excel still writes
            _record(0x02, struct.pack("<I", 0x0409)),
            _record(0x14, struct.pack("<I", 0x0409)),
            _record(0x03, struct.pack("<H", CODE_PAGE)),
            _record(0x04, name.encode("ascii")),
            _twice(0x05, 0x40),
            _twice(0x06, 0x3D),
            _record(0x07, bytes(4)),
            _record(0x08, bytes(4)),
            struct.pack("<HIIH", 0x09, 4, 1, 1),  # the version, whose stated size is not its own
            _twice(0x0C, 0x3C),
            _twice(0x16, 0x3E, "stdole"),
            _record(0x0D, struct.pack("<I", len(library)) + library + bytes(6)),
            _record(0x0F, struct.pack("<H", len(modules))),
            _record(0x13, struct.pack("<H", _COOKIE)),
            *(_module_records(module) for module in modules),
            _record(0x10),
        )
    )


def _module_records(module: Module) -> bytes:
    return b"".join(
        (
            _twice(0x19, 0x47, module.name),
            _twice(0x1A, 0x32, module.name),
            _twice(0x1C, 0x48),
            _record(0x31, bytes(4)),  # the source begins at once: nothing compiled stands before it
            _record(0x1E, bytes(4)),
            _record(0x2C, struct.pack("<H", _COOKIE)),
            _record(0x22 if module.document else 0x21),
            _record(0x2B),
        )
    )


def _project(name: str, modules: Sequence[Module]) -> str:
    """Return the ``PROJECT`` stream: modules, no protection, no password, visible."""
    kinds = (f"Document={one.name}/&H00000000" if one.document else f"Module={one.name}" for one in modules)
    lines = (
        f'ID="{_IDENTITY}"',
        *kinds,
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypted(bytes(4), _IDENTITY)}"',
        f'DPB="{encrypted(bytes(1), _IDENTITY)}"',
        f'GC="{encrypted(_VISIBLE, _IDENTITY)}"',
        "",
        "[Host Extender Info]",
        _HOST,
        "",
        "[Workspace]",
        *(f"{one.name}=0, 0, 0, 0, C" for one in modules),
    )
    return "\r\n".join(lines) + "\r\n"


def encrypted(data: bytes, identity: str, seed: int = _SEED) -> str:
    """Return data as the PROJECT stream disguises it ([MS-OVBA] 2.4.3.2), in hexadecimal digits."""
    key = sum(identity.encode("ascii")) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    plain, last, before = key, out[2], out[1]
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        coded = byte ^ (before + plain & 0xFF)
        before, last, plain = last, coded, byte
        out.append(coded)
    return bytes(out).hex().upper()
