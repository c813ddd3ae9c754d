"""Where the add-in (アドイン) and its settings lie, and how they get there and away."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import kohyo
from kohyo.errors import FileError, UsageError
from kohyo.excel.ooxml.atomic_write import copy_whole

ADDIN = "kohyo.xlam"
SETTINGS = "addin.conf"
_PACKAGE = Path(__file__).parents[1]
_SHIPPED = (_PACKAGE / "data" / "addin" / ADDIN, _PACKAGE.parent / "macros" / ADDIN)


@dataclass(frozen=True)
class Places:
    """Excel's start folder, whose add-ins it opens by itself and trusts, and the settings of ours."""

    startup: Path
    settings: Path

    @property
    def addin(self) -> Path:
        """The installed add-in."""
        return self.startup / ADDIN


@dataclass(frozen=True)
class Installed:
    """What was put where."""

    addin: Path
    settings: Path


@dataclass(frozen=True)
class Removed:
    """What was taken away."""

    paths: tuple[Path, ...]


def places(startup: Path | None = None) -> Places:
    """Return where things belong on this PC; raise UsageError where there is no Windows Excel."""
    roaming = os.environ.get("APPDATA")
    if not roaming:
        raise UsageError("addin_windows_only")
    excel = Path(roaming) / "Microsoft" / "Excel" / "XLSTART"
    return Places(startup or excel, Path(roaming) / "kohyo" / SETTINGS)


def shipped_addin() -> Path:
    """Return the add-in that came with this package; raise FileError when it is not there."""
    for path in _SHIPPED:
        if path.is_file():
            return path
    raise FileError("addin_not_built", path=_SHIPPED[0])


def python_without_window() -> Path:
    """Return the Python that runs this, in the variant that opens no console."""
    python = Path(sys.executable)
    silent = python.with_name("pythonw.exe")
    return silent if silent.is_file() else python


def settings_text() -> str:
    """Return the settings as the add-in's RunPython reads them: after a first line, ``name=value`` lines."""
    return f"; kohyo addin\nversion={kohyo.__version__}\npython={python_without_window()}\n"


def read_settings(path: Path) -> dict[str, str]:
    """Read the settings; empty when there are none or they cannot be read."""
    try:
        lines = path.read_text(encoding="utf-16").splitlines()
    except (OSError, UnicodeError):
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith(";"))


def install(startup: Path | None = None) -> Installed:
    """Put the add-in where Excel finds it, and write its settings; doing it again brings both up to date.

    Raises UsageError off Windows, FileError when something cannot be written or Excel holds the old add-in.
    """
    target = places(startup)
    place_addin(target)
    write_settings(target.settings)
    return Installed(target.addin, target.settings)


def place_addin(target: Places) -> None:
    """Copy the shipped add-in into its place; raise FileError when that cannot be."""
    source = shipped_addin()
    try:
        target.startup.mkdir(parents=True, exist_ok=True)
        copy_whole(source, target.addin)
    except PermissionError as error:
        target.addin.with_name(f"{ADDIN}.part").unlink(missing_ok=True)
        raise FileError("addin_in_use", path=target.addin) from error
    except OSError as error:
        raise FileError("unwritable", path=target.addin) from error


def write_settings(path: Path) -> None:
    """Write the settings for this Python; raise FileError when that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(settings_text(), encoding="utf-16", newline="\r\n")
    except OSError as error:
        raise FileError("unwritable", path=path) from error


def remove(startup: Path | None = None) -> Removed:
    """Take the add-in and its settings away; raise FileError when Excel still holds it."""
    target = places(startup)
    there = tuple(path for path in (target.addin, target.settings) if path.exists())
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise FileError("addin_in_use", path=path) from error
    return Removed(there)
