"""Opening a workbook that is locked by a password (パスワード付きのブック), with passwords that the secretariat keeps.

msoffcrypto-tool does the work. Source of the file's structure: [MS-OFFCRYPTO].
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from kohyo.excel.ooxml.limits import FILE_SIZE

_EXCELS_OWN = "VelvetSweatshop"
"""With this word Excel locks and opens by itself, and asks nobody for it ([MS-OFFCRYPTO] 2.4.2.3)."""


@dataclass(frozen=True)
class Unlocked:
    """The workbook inside, and which password opened it, counted from 1; 0 where nobody was asked for one."""

    data: bytes
    number: int


def unlock(data: bytes, passwords: Sequence[str]) -> Unlocked | None:
    """Return what a locked workbook holds, None where no password opens it."""
    for number, password in enumerate((_EXCELS_OWN, *passwords)):
        opened = _opened(data, password)
        if opened is not None:
            return Unlocked(opened, number)
    return None


def _opened(data: bytes, password: str) -> bytes | None:
    """Return what is inside, None where it does not open; a file that is broken raises whatever it likes."""
    from msoffcrypto import OfficeFile  # noqa: PLC0415 - loaded for locked files alone

    target = _Bounded()
    try:
        book = OfficeFile(io.BytesIO(data))
        book.load_key(password=password, verify_password=True)
        book.decrypt(target)
    except Exception:  # noqa: BLE001 - the file is untrusted, and each way of failing means the same
        return None
    return target.getvalue()


class _Bounded(io.BytesIO):
    """Takes no more than a file may have."""

    def write(self, content: object, /) -> int:
        written = super().write(content)  # type: ignore[arg-type] # as the base class takes it
        if self.tell() > FILE_SIZE:
            raise OverflowError
        return written
