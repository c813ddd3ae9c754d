r"""The batch files (起動用) of a kit: they find a Python and hand over to it.

Japanese Windows reads them in code page 932, where the second byte of a character may be one that the shell takes for
its own (``\``, ``^``, ``|``): a text with such a character is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from kohyo.messages import wording

_UNSAFE = b'\\^|&<>%"'
_SETUP = """@echo off
setlocal
pushd "%~dp0"
set "PY="
if exist "python\\python.exe" set "PY=python\\python.exe"
{tries}
if not defined PY goto none
%PY% -X utf8=0 kit\\install.py{option}
goto end
:try
if defined PY exit /b 0
%* -c "import sys, venv; sys.exit(sys.version_info[:2] not in {versions})" >nul 2>nul
if not errorlevel 1 set "PY=%*"
exit /b 0
:none
echo {none}
:end
popd
if not defined KOHYO_QUIET pause
"""


def setup_script(versions: Sequence[str], *, remove: bool = False) -> bytes:
    """Return ``setup.cmd``, or ``remove.cmd``, for desks with these versions of Python."""
    newest = sorted(versions, key=lambda version: int(version.partition(".")[2]), reverse=True)
    tries = [f"call :try py -{version}" for version in newest] + ["call :try python"]
    known = ", ".join(f"({version.replace('.', ', ')})" for version in newest)
    text = _SETUP.format(
        tries="\n".join(tries),
        versions=f"[{known}]",
        none=wording("kit.no_python", versions=", ".join(versions)),
        option=" --remove" if remove else "",
    )
    return batch(text)


def batch(text: str) -> bytes:
    """Return a batch file's bytes; raise ValueError for a character whose second byte the shell would take."""
    for character in text:
        spelled = character.encode("cp932")
        if len(spelled) > 1 and spelled[1:] in (bytes([byte]) for byte in _UNSAFE):
            raise ValueError(character)
    return text.replace("\n", "\r\n").encode("cp932")


def shell_script() -> bytes:
    """Return the same for Linux, to try a kit out."""
    return b'#!/bin/sh\nexec python3 "$(dirname "$0")/kit/install.py" "$@"\n'


def note(text: str) -> bytes:
    """Return a text for Windows' notepad: UTF-8 with its mark, lines as Windows ends them."""
    return text.lstrip("\n").replace("\n", "\r\n").encode("utf-8-sig")
