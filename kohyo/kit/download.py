"""The wheels of a desk (部品の取得): what pip finds for another platform, and what only that platform needs.

pip weighs the markers of requirements (``sys_platform == "win32"``) on the machine it runs on, not for the one it
downloads for. So what it brought is gone through from the roots, weighed for the desk, and what is missing is asked for
by name until nothing is.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import Version

from kohyo.errors import FileError, UsageError
from kohyo.kit.desk import Desk
from kohyo.kit.wheel import Wheel

_PIP = "pip"
"""Installs the rest on the desk, where there may be none."""
_LAST_LINES = 3


def download(own: Wheel, extras: Sequence[str], desk: Desk, folder: Path, source: Path | None = None) -> list[Wheel]:
    """Bring this package's wheel and every other that it needs on a desk into ``folder``, and return them.

    ``source`` is a folder of wheels to take them from in place of the network. Raises UsageError without pip, FileError
    when a wheel cannot be found.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root = Requirement(f"kohyo[{','.join(extras)}]" if extras else "kohyo")
    asked = [f"{root} @ {own.path.absolute().as_uri()}", _PIP]
    while True:
        _fetch(asked, desk, folder, source)
        wheels = [Wheel(path) for path in sorted(folder.glob("*.whl"))]
        lacking = [one for one in _lacking(wheels, [root, Requirement(_PIP)], desk) if one not in asked]
        if not lacking:
            return wheels
        asked += dict.fromkeys(lacking)


def _fetch(asked: Sequence[str], desk: Desk, folder: Path, source: Path | None) -> None:
    platforms = [word for tag in desk.tags for word in ("--platform", tag)]
    where = ["--no-index", "--find-links", str(source)] if source else []
    command = [sys.executable, "-m", _PIP, "download", "--quiet", "--dest", str(folder), "--only-binary=:all:"]
    command += [*platforms, "--python-version", desk.version, "--implementation", "cp", *where, *asked]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", errors="replace")  # noqa: S603
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.strip()]
        if any("No module named pip" in line for line in told):
            raise UsageError("kit_no_pip")
        errors = [line for line in told if line.startswith("ERROR")] or told
        raise FileError(
            "kit_download", platform=desk.platform, version=desk.version, detail=" ".join(errors[:_LAST_LINES])
        )


def _lacking(wheels: Sequence[Wheel], roots: Sequence[Requirement], desk: Desk) -> Iterator[str]:
    """Yield what the wheels need on the desk and none of them is, beginning with the roots."""
    known = {canonicalize_name(str(told["Name"])): told for told in (wheel.metadata for wheel in wheels)}
    waiting, seen = list(roots), set[tuple[NormalizedName, frozenset[str]]]()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        told = known.get(name)
        if told is None or not wanted.specifier.contains(Version(str(told["Version"])), prereleases=True):
            yield _plain(wanted)
        elif (name, extras) not in seen:
            seen.add((name, extras))
            needs = (Requirement(line) for line in told.get_all("Requires-Dist", []))
            waiting += [one for one in needs if _counts(one, extras, desk)]


def _counts(requirement: Requirement, extras: frozenset[str], desk: Desk) -> bool:
    """Tell whether a requirement holds on the desk, with no extra or one of those asked for."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**desk.markers, "extra": extra}) for extra in ("", *extras))


def _plain(requirement: Requirement) -> str:
    """Return a requirement without its marker, which pip would weigh on this machine."""
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return f"{requirement.name}{extras}{requirement.specifier}"
