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
COMPANION = "kohyo.cmd"
_LOG_ON = ("Microsoft", "Windows", "Start Menu", "Programs", "Startup")
_UTF8 = 65001
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

    @property
    def companion(self) -> Path:
        """What Windows starts at log-on (スタートアップ): the companion, for this user alone."""
        return self.settings.parents[1].joinpath(*_LOG_ON, COMPANION)


@dataclass(frozen=True)
class Installed:
    """What was put where."""

    addin: Path
    settings: Path
    companion: Path | None = None


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


def settings_text(*, ask: bool = False) -> str:
    """Return the settings as the add-in reads them: after a first line, ``name=value`` lines.

    With ``ask`` the add-in starts no Python, and asks the companion.
    """
    asks = "ask=1\n" if ask else ""
    return f"; kohyo addin\nversion={kohyo.__version__}\npython={python_without_window()}\n{asks}"


def read_settings(path: Path) -> dict[str, str]:
    """Read the settings; empty when there are none or they cannot be read."""
    try:
        lines = path.read_text(encoding="utf-16").splitlines()
    except (OSError, UnicodeError):
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith(";"))


def install(startup: Path | None = None, *, companion: bool = False) -> Installed:
    """Put the add-in where Excel finds it, and write its settings; doing it again brings both up to date.

    With ``companion`` the ribbon starts nothing and asks the companion, which Windows starts at log-on; so it stays
    when it is done again without.

    Raises UsageError off Windows, FileError when something cannot be written or Excel holds the old add-in.
    """
    target = places(startup)
    place_addin(target)
    companion = companion or asks(target.settings)
    write_settings(target.settings, ask=companion)
    if companion:
        _place_companion(target.companion)
    return Installed(target.addin, target.settings, target.companion if companion else None)


def _place_companion(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(batch_file("watch"))
    except OSError as error:
        raise FileError("unwritable", path=path) from error


def batch_file(words: str) -> bytes:
    """Return a batch file that starts kohyo without a window, in the code page of a Japanese console.

    Where the path of Python has letters beyond that, it is UTF-8, and the console is told.
    """
    python = str(python_without_window()).replace("%", "%%")
    line = f'start "" "{python}" -P -m kohyo {words}'
    try:
        return f"@echo off\r\n{line}\r\n".encode("cp932")
    except UnicodeEncodeError:
        return f"@echo off\r\nchcp {_UTF8} >nul\r\n{line}\r\n".encode()


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


def asks(path: Path) -> bool:
    """Tell whether the add-in asks the companion by its settings."""
    return read_settings(path).get("ask") == "1"


def write_settings(path: Path, *, ask: bool = False) -> None:
    """Write the settings for this Python; raise FileError when that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(settings_text(ask=ask), encoding="utf-16", newline="\r\n")
    except OSError as error:
        raise FileError("unwritable", path=path) from error


def remove(startup: Path | None = None) -> Removed:
    """Take the add-in and its settings away; raise FileError when Excel still holds it."""
    target = places(startup)
    there = tuple(path for path in (target.addin, target.settings, target.companion) if path.exists())
    for path in there:
        try:
            path.unlink()
        except OSError as error:
            raise FileError("addin_in_use", path=path) from error
    return Removed(there)
