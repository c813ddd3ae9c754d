"""What the office tests need on the machine, and the words that say loudly what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

OFFICE = "soffice"
PYTHON = "/usr/bin/python3"
"""The system's own Python: the only one that python3-uno serves."""

REQUIRED = "KOHYO_REQUIRE_OFFICE"
"""Set to 1, a missing office is a failure: no test may be skipped unnoticed."""

_COMMANDS = {
    OFFICE: "libreoffice-calc",
    "pdftotext": "poppler-utils",
    "pdftohtml": "poppler-utils",
    "pdftoppm": "poppler-utils",
}
_UNO = "python3-uno"
_FONT, _FONT_PACKAGE = "BIZ UDPGothic", "fonts-morisawa-bizud-gothic"


@cache
def missing() -> tuple[str, ...]:
    """Return the packages that are missing here, none when every office test can run."""
    packages = [package for command, package in _COMMANDS.items() if shutil.which(command) is None]
    if not _succeeds(PYTHON, "-c", "import uno"):
        packages.append(_UNO)
    if not _prints(_FONT, "fc-list", ":", "family"):
        packages.append(_FONT_PACKAGE)
    return tuple(dict.fromkeys(packages))


def is_required() -> bool:
    """Tell whether a missing office is a failure."""
    return os.environ.get(REQUIRED) == "1"


def reason() -> str:
    """Return why an office test does not run."""
    return f"LibreOfficeなどがありません（{'、'.join(missing())}）"


def loud_line(count: int) -> str:
    """Return what stands at the very end of a run in which ``count`` office tests did not run."""
    fate = "失敗にしました" if is_required() else "実行していません"
    install = f"apt-get install --no-install-recommends {' '.join(missing())}"
    return f"!!! LibreOfficeでの試験 {count}件を{fate}。入れるもの：{install}"


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own words
    except OSError:
        return False


def _prints(wanted: str, *command: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words
    except OSError:
        return False
    return wanted.encode() in done.stdout
