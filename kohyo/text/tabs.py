"""Names of sheets (シート名) that Excel takes: no forbidden characters, at most 31, none twice."""

from __future__ import annotations

import re
from collections.abc import Collection

_FORBIDDEN = re.compile(r"[:\\/?*\[\]]")
_TO_WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in '<>:"/\\|?*'})
_LONGEST = 31


def file_stem(name: str) -> str:
    """Return ``name`` as a file name without its ending: what Windows forbids becomes full width."""
    return name.translate(_TO_WIDE).strip(" .")


def free_tab(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted`` as a tab that none of ``taken`` has, with a number behind it where it must."""
    plain = _FORBIDDEN.sub("_", wanted).strip("'") or "_"
    names = {name.casefold() for name in taken}
    tab, count = plain[:_LONGEST], 1
    while tab.casefold() in names:
        count += 1
        tail = f"-{count}"
        tab = plain[: _LONGEST - len(tail)] + tail
    return tab
