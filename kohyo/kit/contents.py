"""What lies in a kit besides the wheels: Python for desks without one, the manual, licences, hashes."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import kohyo
from kohyo.errors import FileError, UsageError
from kohyo.kit.wheel import Wheel
from kohyo.messages import wording

_PACKAGE = Path(kohyo.__file__).parent
_MANUAL = (_PACKAGE / "data" / "manual", _PACKAGE.parent / "docs")
_EMBEDDED = re.compile(r"python-(3\.\d+)\.\d+-embed-(amd64|arm64)\.zip")
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_BLOCK = 1 << 20


def embedded_version(file: Path) -> str:
    """Return the version of Python (``3.12``) in python.org's embeddable package; raise UsageError for another file."""
    found = _EMBEDDED.fullmatch(file.name)
    if found is None or not zipfile.is_zipfile(file):
        raise UsageError("kit_embedded", path=file)
    return found[1]


def unpack_python(file: Path, folder: Path) -> None:
    """Unpack the embeddable package so that it finds what is installed into it; raise UsageError for another."""
    with zipfile.ZipFile(file) as package:
        if "python.exe" not in package.namelist():
            raise UsageError("kit_embedded", path=file)
        package.extractall(folder)
    for path in folder.glob("python3*._pth"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.strip() and not line.startswith("#")]
        path.write_text("\r\n".join([*kept, r"Lib\site-packages", "import site", ""]), encoding="utf-8", newline="")


def build_manual(folder: Path) -> None:
    """Build the manual (手引き) as pages that need no network.

    Raises UsageError without Sphinx and its parts, FileError when the manual cannot be built.
    """
    if not all(find_spec(name) for name in ("sphinx", "myst_parser", "furo")):
        raise UsageError("kit_no_parts")
    source = next((path for path in _MANUAL if path.is_dir()), None)
    if source is None:
        raise FileError("unreadable", path=_MANUAL[0])
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(folder.with_name("trees"))]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, str(source), str(folder)], capture_output=True, check=False, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        raise FileError("kit_manual", path=source, detail=" ".join(done.stderr.strip().splitlines()[-1:]))


def write_licences(wheels: Sequence[Wheel], folder: Path) -> None:
    """Write the licences that the wheels bring, a folder each, and a list of all."""
    folder.mkdir(parents=True)
    lines = []
    for wheel in wheels:
        told = wheel.metadata
        name, version = str(told["Name"]), str(told["Version"])
        texts = dict(_licence_texts(wheel))
        lines.append(f"{name} {version}\t{_licence_name(wheel)}\t{wording('kit.texts_of', count=len(texts))}")
        for file, content in texts.items():
            (folder / name).mkdir(exist_ok=True)
            (folder / name / file).write_bytes(content)
    (folder / wording("kit.files.licence_list")).write_text("\r\n".join([*lines, ""]), encoding="utf-8-sig", newline="")


def _licence_texts(wheel: Wheel) -> Iterator[tuple[str, bytes]]:
    for name in wheel.names():
        first, *rest = name.split("/")
        if first.endswith(".dist-info") and rest and rest[-1] and _LICENCE.search("/".join(rest)):
            yield rest[-1], wheel.read(name)


def _licence_name(wheel: Wheel) -> str:
    """Return what a wheel calls its licence: an expression, a short name, or its classifiers."""
    told = wheel.metadata
    named = str(told["License-Expression"] or told["License"] or "").strip().splitlines()
    classified = [one.split(" :: ")[-1] for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    return named[0] if named else ", ".join(classified) or wording("kit.see_texts")


def write_hashes(folder: Path, file: Path) -> str:
    """Write the SHA-256 of every file of a folder into ``file``, and return that of the list."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != file)
    lines = "".join(f"{_digest(path)} *{path.relative_to(folder).as_posix()}\n" for path in paths)
    file.write_text(lines, encoding="utf-8", newline="\n")
    return _digest(file)


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
