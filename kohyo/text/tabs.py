"""Names of sheets (シート名) that Excel takes: no forbidden characters, at most 31, none twice."""

from __future__ import annotations

import re
from collections.abc import Collection
from hashlib import sha256

from kohyo.text.cell_text import cut, units

_FORBIDDEN = re.compile(r"[:\\/?*\[\]\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_KEPT_BY_EXCEL = frozenset({"history", "履歴"})
"""Names of the sheet on which Excel keeps the changes of a shared workbook, in English and in Japanese."""

_TO_WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in '<>:"/\\|?*'})
_LONGEST = 31
_SIGN_LENGTH = 4
_LONGEST_FILE = 60  # of the 255 bytes that a name may take a letter takes three, and a form's name holds more
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def file_stem(name: str) -> str:
    """Return ``name`` as a file name without its ending that every file system takes.

    What Windows forbids becomes full width, control characters go, and a name that Windows keeps for itself (CON,
    NUL …) or that is empty gets a line below it.
    """
    plain = "".join(letter for letter in name if letter.isprintable()).translate(_TO_WIDE).strip(" .")[:_LONGEST_FILE]
    return f"{plain}_" if not plain or _RESERVED.fullmatch(plain) else plain


def free_tab(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted`` as a tab that none of ``taken`` has, with a number behind it where it must."""
    plain = _FORBIDDEN.sub("_", wanted).strip("'") or "_"
    names = {name.casefold() for name in taken} | _KEPT_BY_EXCEL
    tab, count = _short(plain, _LONGEST), 1
    while tab.casefold() in names:
        count += 1
        tail = f"-{count}"
        tab = _short(plain, _LONGEST - len(tail)) + tail
    return tab


def own_tab(title: str, mark: str = "") -> str:
    """Return the tab of a ``title`` with ``mark`` behind it: of two titles never the same one.

    One that Excel does not take whole is cut, or loses a sign, and bears a sign of the whole title instead.
    """
    if is_tab(title) and is_tab(f"{title}{mark}"):
        return f"{title}{mark}"
    sign = f"-{sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:_SIGN_LENGTH]}{mark}"
    plain = _FORBIDDEN.sub("_", title).strip("'").strip() or "_"
    return _short(plain, _LONGEST - units(sign)) + sign


def is_tab(name: str) -> bool:
    """Tell whether Excel takes ``name`` for a sheet as it stands."""
    return bool(name.strip()) and free_tab(name, ()) == name


def _short(plain: str, most: int) -> str:
    return cut(plain, most).rstrip("'") or "_"
