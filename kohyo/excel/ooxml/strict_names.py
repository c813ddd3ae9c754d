"""The names of Strict Open XML (厳密な Open XML): Excel saves a workbook under them or under the usual ones.

Within one workbook they must not be mixed.
"""

from __future__ import annotations

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_NAMES = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", _STRICT),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def is_strict(workbook: str) -> bool:
    """Tell whether a workbook's own part stands under the strict names."""
    return f'"{_STRICT}"' in workbook


def in_strict_names(part: str) -> str:
    """Return a part of ours, or a list of parts with entries of ours, under the strict names."""
    for usual, strict in _NAMES:
        part = part.replace(f'"{usual}', f'"{strict}')
    return part
