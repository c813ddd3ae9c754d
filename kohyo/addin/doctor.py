"""The doctor (診断): what is wrong with this PC's set-up, and what of it was mended."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kohyo
from kohyo.addin import windows
from kohyo.addin.check import Check, Mark, checked
from kohyo.addin.desk import excel_checks, python_checks
from kohyo.addin.installation import (
    ADDIN,
    Places,
    asks,
    place_addin,
    places,
    python_without_window,
    read_settings,
    shipped_addin,
    write_settings,
)
from kohyo.errors import FileError, UsageError
from kohyo.messages import wording
from kohyo.workspace.health import examine
from kohyo.workspace.observation import State

_OLDEST = (3, 11)
_LONGEST = 218
"""Characters of a path that Excel opens."""
_ROOM = 60
"""Characters that the names below a workspace's folder may take."""
_STOPPING = (
    (windows.COMMON_POLICY, "VBAOff", "macros_off"),
    (windows.POLICY, "DisableAllAddins", "addins_off"),
    (windows.SECURITY, "DisableAllAddins", "addins_off"),
    (windows.POLICY, "RequireAddinSig", "unsigned_off"),
    (windows.SECURITY, "RequireAddinSig", "unsigned_off"),
)
"""Switches that stop the add-in even in a trusted location; VBAWarnings, whatever it is, does not."""


_MARKS = {State.SOUND: Mark.GOOD, State.DAMAGED: Mark.BAD, State.KNOWN: Mark.NOTE}
"""What an observation of the workspace is worth."""


@dataclass(frozen=True)
class Diagnosis:
    """Everything that was looked at, in order."""

    checks: tuple[Check, ...]

    @property
    def needs_person(self) -> bool:
        """Tell whether somebody must do something."""
        return bool(self._of(Mark.BAD))

    @property
    def sentence(self) -> str:
        """What the ribbon says in the end."""
        bad, mended = self._of(Mark.BAD), self._of(Mark.MENDED)
        if bad:
            return wording("addin.done.doctor_bad", count=len(bad), lines="\n".join(check.text for check in bad))
        if mended:
            return wording("addin.done.doctor_mended", count=len(mended))
        return wording("addin.done.doctor_good")

    def _of(self, mark: Mark) -> list[Check]:
        return [check for check in self.checks if check.mark is mark]


def diagnose(workspace: Path | None = None) -> Diagnosis:
    """Look at Python, the libraries, the add-in, trust and paths, and at the workspace that is named.

    What was installed before is mended; in a workspace nothing is changed.
    """
    checks = [*_python(), *_library("xlwings", Mark.BAD), *_library("watchdog", Mark.NOTE, "watch"), *_excel()]
    if workspace is not None:
        checks.append(_path(str(workspace.absolute())))
        checks.extend(Check(_MARKS[seen.state], seen.text) for seen in examine(workspace))
    return Diagnosis(tuple(checks))


def _python() -> Iterator[Check]:
    if sys.version_info[:2] < _OLDEST:
        yield checked(Mark.BAD, "python_old", version=platform.python_version())
    elif "%" in sys.executable:
        yield checked(Mark.BAD, "python_percent", path=sys.executable)
    else:
        yield checked(Mark.GOOD, "python", version=platform.python_version(), path=sys.executable)
    yield from python_checks()


def _library(name: str, missing: Mark, key: str = "") -> Iterator[Check]:
    try:
        yield checked(Mark.GOOD, key or name, version=version(name))
    except PackageNotFoundError:
        yield checked(missing, f"{key or name}_missing")


def _excel() -> Iterator[Check]:
    try:
        target = places()
    except UsageError:
        yield checked(Mark.NOTE, "windows_missing")
        return
    yield checked(Mark.GOOD, "windows")
    wanted = target.addin.exists() or target.settings.exists()
    yield _addin(target, wanted=wanted)
    yield _settings(target, wanted=wanted)
    yield _trust(target)
    yield from excel_checks(target)


def _addin(target: Places, *, wanted: bool) -> Check:
    if not target.addin.exists():
        return checked(Mark.BAD if wanted else Mark.NOTE, "addin_missing")
    if target.addin.read_bytes() == shipped_addin().read_bytes():
        return checked(Mark.GOOD, "addin", version=kohyo.__version__, path=target.addin)
    try:
        place_addin(target)
    except FileError:
        return checked(Mark.BAD, "addin_old", version=kohyo.__version__)
    return checked(Mark.MENDED, "addin_mended", version=kohyo.__version__, path=target.addin)


def _settings(target: Places, *, wanted: bool) -> Check:
    told = read_settings(target.settings)
    python = str(python_without_window())
    if told.get("python") == python and told.get("version") == kohyo.__version__:
        return checked(Mark.GOOD, "settings", path=target.settings)
    if not wanted:
        return checked(Mark.NOTE, "settings_missing", path=target.settings)
    try:
        write_settings(target.settings, ask=asks(target.settings))
    except FileError:
        return checked(Mark.BAD, "settings_missing", path=target.settings)
    return checked(Mark.MENDED, "settings_mended", python=python, path=target.settings)


def _trust(target: Places) -> Check:
    stopped = windows.values(windows.DISABLED).values()
    if any(ADDIN.encode("utf-16-le") in blob.lower() for blob in stopped if isinstance(blob, bytes)):
        return checked(Mark.BAD, "disabled", addin=ADDIN)
    for security in (windows.POLICY, windows.SECURITY):
        if windows.is_on(security + windows.LOCATIONS, "AllLocationsDisabled"):
            return checked(Mark.BAD, "trust_off", path=target.startup)
    for key, name, told in _STOPPING:
        if windows.is_on(key, name):
            return checked(Mark.BAD, told, addin=ADDIN)
    return checked(Mark.GOOD, "trust", path=target.startup)


def _path(path: str) -> Check:
    if "://" in path:
        return checked(Mark.BAD, "path_url", path=path)
    if len(path) + _ROOM > _LONGEST:
        return checked(Mark.BAD, "path_long", count=len(path), limit=_LONGEST - _ROOM)
    return checked(Mark.GOOD, "path", path=path)
