"""Errors that stop a command (停止するエラー).

An error carries a key and fields, never wording: the sentence a user reads lies in ``data/wording`` and is
put together at the door. Each class knows its exit code (0 done, 1 needs a person, 2 wrong use or a broken
definition, 3 a file could not be read or written).
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import ClassVar

_CAUSES = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EIO: "broken",
    errno.ENXIO: "broken",
    errno.ENODEV: "broken",
    errno.ESTALE: "lost",
    errno.ETIMEDOUT: "lost",
    errno.ENETUNREACH: "lost",
    errno.EHOSTUNREACH: "lost",
    errno.ENETDOWN: "lost",
    errno.ECONNRESET: "lost",
    errno.ECONNABORTED: "lost",
    errno.ECONNREFUSED: "lost",
    errno.ENOTCONN: "lost",
    errno.ENAMETOOLONG: "long",
    errno.EBUSY: "open",
    errno.ETXTBSY: "open",
    errno.EEXIST: "in_the_way",
    errno.EISDIR: "in_the_way",
    errno.ENOTDIR: "in_the_way",
    errno.ENOTEMPTY: "in_the_way",
    errno.EMFILE: "many",
    errno.ENFILE: "many",
    errno.EFBIG: "large",
}
_CAUSES_ON_WINDOWS = {
    5: "denied_or_open",  # access denied
    19: "read_only",  # write-protected
    23: "broken",  # checksum
    32: "open",  # shared
    33: "open",  # locked
    39: "full",
    53: "lost",  # network path
    59: "lost",  # network error
    64: "lost",  # network name deleted
    112: "full",
    121: "lost",  # semaphore timeout
    206: "long",
    1117: "broken",  # device
}


class KohyoError(Exception):
    """Base of every error that a command ends with; raised only through its subclasses."""

    exit_code: ClassVar[int] = 2
    in_words: ClassVar[Callable[[KohyoError], str] | None] = None
    """How the error is said to a user; the wordings, which stand above, put it here when they are loaded."""

    def __init__(self, key: str, **fields: object) -> None:
        """Keep the wording's ``key`` (a table name in ``errors.toml``) and the ``fields`` it mentions."""
        super().__init__(key, fields)
        self.key = key
        self.fields = fields

    def __str__(self) -> str:
        """Return the line that a user reads; key and fields where the wordings are not loaded or lack one."""
        try:
            return KohyoError.in_words(self) if KohyoError.in_words else super().__str__()
        except (KeyError, IndexError):
            return super().__str__()


class UsageError(KohyoError):
    """Raised when a command is used wrongly: not a workspace, an unknown name, nothing to work on."""


class DefinitionError(KohyoError):
    """Raised when the plan definition (計画定義) is broken or contradicts itself."""


class FileError(KohyoError):
    """Raised when a file that the command needs cannot be read or written."""

    exit_code = 3


class TextError(ValueError):
    """Raised when a text is not what it claims to be (number, date, tick); callers turn it into a finding."""

    def __init__(self, text: object) -> None:
        """Keep the offending ``text`` as it was found."""
        super().__init__(str(text))
        self.text = text


def cause_of(error: BaseException | None) -> str:
    """Return why the system refused a file, by its name in the wordings; empty where it is not known."""
    if not isinstance(error, OSError):
        return ""
    on_windows = _CAUSES_ON_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return on_windows or _CAUSES.get(error.errno or 0, "")
