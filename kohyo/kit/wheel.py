"""Wheels (部品) as files: what they say of themselves, and this very package as one."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

import kohyo
from kohyo.errors import FileError, UsageError

_PACKAGE = Path(kohyo.__file__).parent
_STAMP = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
_ADDED = {"data/addin/kohyo.xlam": "macros/kohyo.xlam", "data/manual": "docs"}
"""What a wheel holds besides the package, and where it lies beside the package's source."""


@dataclass(frozen=True)
class Wheel:
    """A wheel on the disk."""

    path: Path

    @property
    def metadata(self) -> Message:
        """What it says of itself (METADATA); raise FileError when the file is no wheel."""
        name = next((name for name in self.names() if name.endswith(".dist-info/METADATA")), "")
        return BytesParser().parsebytes(self.read(name))

    def names(self) -> list[str]:
        """Return the names of its files; raise FileError when the file is no wheel."""
        try:
            with zipfile.ZipFile(self.path) as package:
                return package.namelist()
        except (OSError, zipfile.BadZipFile) as error:
            raise FileError("unreadable", path=self.path) from error

    def read(self, name: str) -> bytes:
        """Return one of its files; raise FileError when there is none of this name."""
        try:
            with zipfile.ZipFile(self.path) as package:
                return package.read(name)
        except (OSError, zipfile.BadZipFile, KeyError) as error:
            raise FileError("unreadable", path=self.path) from error

    @property
    def pin(self) -> str:
        """The wheel as a line of a requirements file: name, version and hash."""
        told = self.metadata
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return f"{told['Name']}=={told['Version']} --hash=sha256:{digest}"


def own_wheel(folder: Path) -> Wheel:
    """Write this package, as it runs, into ``folder`` as a wheel.

    Raises UsageError where the package runs without having been installed.
    """
    try:
        installed = distribution("kohyo")
    except PackageNotFoundError as error:
        raise UsageError("kit_not_installed") from error
    home = f"kohyo-{kohyo.__version__}.dist-info"
    parts = {**dict(_package()), **dict(_described(installed, home))}
    path = folder / f"kohyo-{kohyo.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(_entry(name), content)
        package.writestr(_entry(f"{home}/RECORD"), _record(parts, home))
    return Wheel(path)


def _package() -> Iterator[tuple[str, bytes]]:
    """Yield every file of the package, and what lies beside its source, by its name in the wheel."""
    yield from _below(_PACKAGE, "kohyo")
    for name, beside in _ADDED.items():
        source = _PACKAGE.parent / beside
        if not (_PACKAGE / name).exists() and source.exists():
            yield from _below(source, f"kohyo/{name}")


def _below(source: Path, name: str) -> Iterator[tuple[str, bytes]]:
    if source.is_file():
        yield name, source.read_bytes()
        return
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if path.is_file() and "__pycache__" not in inner.parts:
            yield str(PurePosixPath(name, *inner.parts)), path.read_bytes()


def _described(installed: Distribution, home: str) -> Iterator[tuple[str, bytes]]:
    """Yield what an installer needs to know: METADATA, entry points, licence; the tag is that of pure Python."""
    for file in installed.files or ():
        if file.parts[0].endswith(".dist-info") and file.name not in {*_LEFT_OUT, "WHEEL"}:
            yield str(PurePosixPath(home, *file.parts[1:])), file.read_binary()
    yield f"{home}/WHEEL", b"Wheel-Version: 1.0\nGenerator: kohyo\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _record(parts: dict[str, bytes], home: str) -> str:
    lines = io.StringIO()
    for name, content in parts.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.write(f"{name},sha256={digest},{len(content)}\n")
    lines.write(f"{home}/RECORD,,\n")
    return lines.getvalue()
