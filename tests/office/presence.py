"""What the office tests need on the machine."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

OFFICE = "soffice"
PYTHON = "/usr/bin/python3"
"""The system's own Python: the only one that python3-uno serves."""

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
