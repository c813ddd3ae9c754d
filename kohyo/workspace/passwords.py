"""Passwords of returned workbooks (回収票のパスワード), kept on the secretariat's own machine.

They come from the environment (``KOHYO_PASSWORDS``), from a file that its owner alone may read, or from a prompt;
never from the workspace, and nothing of them is written or logged anywhere.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kohyo.errors import FileError

_FROM_ENVIRONMENT, _FILE = "KOHYO_PASSWORDS", "KOHYO_PASSWORD_FILE"
_OTHERS = 0o077


def password_file() -> Path:
    """Return where the file of passwords is looked for: ``KOHYO_PASSWORD_FILE``, else in the user's own settings."""
    named = os.environ.get(_FILE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        settings = Path(os.environ.get("APPDATA") or Path.home())
    else:
        settings = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return settings / "kohyo" / "passwords.txt"


def kept_passwords() -> tuple[str, ...]:
    """Return the passwords that are kept, one a line, in their order.

    Raises FileError where others may read the file, or where it cannot be read.
    """
    lines = os.environ.get(_FROM_ENVIRONMENT, "").split("\n")
    path = password_file()
    try:
        if path.is_file():
            if sys.platform != "win32" and path.stat().st_mode & _OTHERS:
                raise FileError("passwords_open_to_others", path=path)
            lines += path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("passwords_unreadable", path=path) from error
    return tuple(dict.fromkeys(line.rstrip("\r") for line in lines if line.strip()))
