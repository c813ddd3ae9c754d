"""What a desk does to the ribbon (机の事情): where Python comes from, how folders are named, what is blocked.

Sources: Python's documentation 「Using Python on Windows」 on the Store's Python, Microsoft's on redirected folders
and on the attack surface reduction (ASR) rules, whose rule for Office's child processes has the number below.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath

from kohyo.addin import windows
from kohyo.addin.check import Check, Mark, checked
from kohyo.addin.installation import COMPANION, Places, asks

_STORE = re.compile(r"\\WindowsApps\\|\\Packages\\PythonSoftwareFoundation\.|\\LocalCache\\", re.IGNORECASE)
_NO_CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""「Officeアプリケーションによる子プロセスの作成をブロックする」."""

_BLOCKS = ("1", "6")
"""Values of a rule that stop: block, and warn, which a hidden window cannot answer."""

_ANSI = "cp932"


def python_checks(environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Look at what would start another Python than is thought, or make it write elsewhere."""
    if environment.get("PYTHONHOME"):
        yield checked(Mark.BAD, "python_home", path=environment["PYTHONHOME"])
    if is_from_store(sys.executable):
        yield checked(Mark.BAD, "python_store", path=sys.executable)


def is_from_store(python: str) -> bool:
    """Tell whether a Python is the Microsoft Store's, whose writing into %APPDATA% goes where Excel does not look."""
    return _STORE.search(str(PureWindowsPath(python))) is not None


def excel_checks(target: Places) -> Iterator[Check]:
    """Look at what keeps the add-in from finding its settings, or from starting Python."""
    for path in (target.settings.parent, target.startup):
        if (letters := beyond_ansi(str(path))) and windows.is_here():
            yield checked(Mark.BAD, "folder_letters", path=path, letters=letters)
            break
    if is_redirected(target.settings):
        yield checked(Mark.BAD, "appdata_redirected", path=target.settings.resolve())
    if not blocks_children():
        return
    if asks(target.settings) and target.companion.exists():
        yield checked(Mark.GOOD, "children_companion", companion=COMPANION)
    else:
        yield checked(Mark.BAD, "children_blocked")


def beyond_ansi(path: str) -> str:
    """Return the letters of a path that VBA, which reads names in the code page of Japanese Windows, cannot take."""
    return "".join(dict.fromkeys(letter for letter in path if not _fits(letter)))


def _fits(letter: str) -> bool:
    try:
        letter.encode(_ANSI)
    except UnicodeEncodeError:
        return False
    return True


def is_redirected(path: Path) -> bool:
    """Tell whether what stands at a path lies elsewhere, as a packaged program's writing into %APPDATA% does."""
    try:
        return path.exists() and _STORE.search(str(PureWindowsPath(path.resolve()))) is not None
    except OSError:
        return False


def blocks_children() -> bool:
    """Tell whether a rule of the office's keeps Excel from starting any program."""
    for key in windows.ASR_RULES:
        found = {name.casefold(): str(value) for name, value in windows.machine_values(key).items()}
        listed = dict(part.split("=", 1) for part in found.get("asrrules", "").casefold().split("|") if "=" in part)
        if {found.get(_NO_CHILDREN), listed.get(_NO_CHILDREN)} & set(_BLOCKS):
            return True
    return False


def desktop() -> Path:
    """Return the user's desktop, wherever it was redirected to (OneDrive, a server)."""
    named = windows.values(windows.SHELL_FOLDERS).get("Desktop")
    place = os.path.expandvars(named) if isinstance(named, str) else ""
    return Path(place) if place and "%" not in place else Path.home() / "Desktop"
