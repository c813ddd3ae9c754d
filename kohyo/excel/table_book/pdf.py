"""PDFs of finished workbooks (ＰＤＦ), made by LibreOffice where it is installed.

They are tagged as far as LibreOffice can, say their language and show their title, for those who hear them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kohyo.errors import FileError

_COMMANDS = ("soffice", "libreoffice")
_WINDOWS = ("LibreOffice/program/soffice.exe",)
_FLAGS = ("UseTaggedPDF", "ExportBookmarks", "DisplayPDFDocumentTitle")
_YES = {"type": "boolean", "value": "true"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>en-US</value></prop></item>
</oor:items>
"""
"""The one setting of the profile: its locale. Under ja-JP LibreOffice for Linux knows a font that has a Japanese name
by one of its weights alone, and prints everything bold."""
_LANGUAGE, _OURS = b"/Lang(en-US)", b"/Lang(ja-JP)"
"""The language that a PDF names as its own: that of the locale, and the one that it is written in; as long."""
_SECONDS_PER_BOOK, _SECONDS_TO_START = 30, 60


class NoOfficeError(Exception):
    """Raised where LibreOffice is not installed."""


def write_pdfs(books: Sequence[Path]) -> tuple[Path, ...]:
    """Print workbooks into PDFs beside them; raise NoOfficeError, or FileError when LibreOffice fails.

    LibreOffice works in a profile of its own, so that one that is open is left alone, and is ended when it hangs.
    """
    office = _office()
    if office is None:
        raise NoOfficeError
    with tempfile.TemporaryDirectory(prefix="kohyo", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _run(office, folder, books)
        return tuple(_moved(folder / f"{book.stem}.pdf", book) for book in books)


def _office() -> str | None:
    found = (shutil.which(command) for command in _COMMANDS)
    places = (Path(os.environ.get("PROGRAMFILES", "")) / place for place in _WINDOWS if sys.platform == "win32")
    return next((entry for entry in found if entry), None) or next(
        (str(entry) for entry in places if entry.is_file()), None
    )


def _run(office: str, folder: Path, books: Sequence[Path]) -> None:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    kind = f"pdf:calc_pdf_Export:{json.dumps(dict.fromkeys(_FLAGS, _YES))}"
    installed = f"-env:UserInstallation={profile.as_uri()}"
    command = [office, installed, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    patience = _SECONDS_TO_START + _SECONDS_PER_BOOK * len(books)
    process = subprocess.Popen(  # noqa: S603 - the office found on this machine, and our own files
        [*command, *(str(book.resolve()) for book in books)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise FileError("pdf_failed", path=books[0]) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with everything that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        import signal  # noqa: PLC0415 - its groups are not for Windows

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _moved(made: Path, book: Path) -> Path:
    target = book.with_suffix(".pdf")
    try:
        made.write_bytes(made.read_bytes().replace(_LANGUAGE, _OURS))
        shutil.move(made, target)
    except OSError as error:
        raise FileError("pdf_failed", path=target) from error
    return target
