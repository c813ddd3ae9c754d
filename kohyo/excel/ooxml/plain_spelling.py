"""The plain spelling (ふつうの書き方) of sheets and shared texts, in which nothing can be read in two ways.

Excel, LibreOffice and the usual libraries spell cells like this: no comments, no CDATA, no foreign elements, each
cell under its own row and not far out, each value of the form that its type asks for. A part that is spelled so is
read as it is (``stored_cells``); any other is first spelled anew (``slow_scan``). The grammar is ECMA-376 part 1,
§18.3.1 and §18.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = r"-?[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+"
_TEXT = r'<t(?: xml:space="preserve")?+(?:/>|>[^<]*+</t>)'
_FORMULA = r'<f(?: [A-Za-z0-9]++="[^"<>]*+")*+'
_ATTRIBUTES = r'(?: (?!xmlns)[A-Za-z0-9:]++="[^"<>]*+")*+'
_PLACE = r'<c r="[A-Z]{1,2}+[1-9][0-9]{0,3}+"(?: s="[0-9]{1,5}+")?+'
_NOTHING = r"(?:<v></v>|<v/>)?+</c>"
_CELL = _PLACE + r'(?:/>|(?: t="(?:n|str)")?+>(?:' + _FORMULA + r"/>)?+" + _NOTHING + ")"
_ROW = r'<row r="[1-9][0-9]{0,3}+"' + _ATTRIBUTES + r">|<row r=\"[1-9][0-9]{0,5}+\"" + _ATTRIBUTES + r"/>|</row>"
_OPENS_VALUE = r'(?: t="(?:n|s|b|e|d|str)")?+>(?:' + _FORMULA + r"/>)?+<v"
_OPENS_FORMULA = r'(?: t="(?:n|b|e|str)")?+>' + _FORMULA
_OPENS_TEXT = r' t="inlineStr"><is><t(?: xml:space="preserve")?+'
BETWEEN_TEXTS = re.compile(
    r"(?:(?P<start><sheetData>)|/(?P<closes>f)>(?P<value><v></v>|<v/>)?+</c>|/(?:v></c>|t></is></c>))"
    r"(?P<middle>(?:" + _CELL + "|" + _ROW + r")*+)"
    r"(?:(?P<finish></sheetData>)|(?P<opening>"
    + _PLACE
    + f"(?:(?P<t>{_OPENS_TEXT})|(?P<f>{_OPENS_FORMULA})|(?P<v>{_OPENS_VALUE}))))"
)
"""Tags between two texts of a sheet's rows, without the signs right beside the texts."""

ROW_OR_CELL = re.compile(
    r"(?P<end></row>)|<row (?P<row>[^>]*+)>|"
    r'<c r="(?P<place>[A-Z]++[0-9]++)"(?: s="(?P<style>[0-9]++)")?+(?: t="(?P<type>[A-Za-z]++)")?+'
    r"(?:/>|>(?P<formula><f[^>]*+(?:>|$))?+(?P<value><v></v>|<v/>)?+)"
)
ATTRIBUTE = re.compile(r'([A-Za-z]++)="([^"]*+)"')
VALUES: Mapping[str, str] = {"n": _NUMBER, "s": r"[0-9]{1,7}+", "b": "[01]"}
"""The pattern of a value of a type; of the others any text is one."""

_BEGIN, _END, NO_ROWS = b"<sheetData", b"</sheetData>", "<sheetData/>"
_TAG = re.compile(r"</?([A-Za-z]++:?)")
_MARKS = r"(?:<rPr>(?:<[A-Za-z]++(?: [A-Za-z]++=\"[^\"<>]*+\")*+ ?/>)*+</rPr>|<rPr/>)?+"
_RUN = r"<r>" + _MARKS + _TEXT + r"</r>"
_FURIGANA = r'(?:<rPh(?: [a-z]++="[0-9]++")*+>' + _TEXT + r'</rPh>)*+(?:<phoneticPr(?: [A-Za-z]++="\w*+")*+/>)?+'
_STRINGS = re.compile(
    r"<sst(?: [A-Za-z:]++=\"[^\"<>]*+\")*+(?:/>|>(?:<si>(?:" + _TEXT + r"|(?:" + _RUN + r")*+)" + _FURIGANA
    + r"</si>|<si/>)*+</sst>)\s*+", re.ASCII
)  # fmt: skip


def place_of_rows(sheet: bytes) -> tuple[int, int] | None:
    """Return where the rows of a sheet begin and end, None where they do not."""
    start = sheet.find(_BEGIN)
    end = sheet.find(_END, start)
    if start < 0 or end < 0:
        return (start, start + len(NO_ROWS)) if sheet.startswith(NO_ROWS.encode(), max(start, 0)) else None
    return start, end + len(_END)


def is_plain_before(head: str) -> bool:
    """Tell whether nothing unusual stands before the rows of a sheet: no choice, no comment, no foreign element."""
    return "AlternateContent" not in head and "<!" not in head and not any(":" in tag for tag in _TAG.findall(head))


def is_plain_behind(tail: bytes) -> bool:
    """Tell whether nothing unusual stands behind the rows of a sheet: no comment, no other rows."""
    return b"<!" not in tail and _BEGIN not in tail and _END not in tail


def is_plain_text_list(text: str, start: int) -> bool:
    """Tell whether the shared texts, from their root at ``start``, are spelled plainly up to the last letter."""
    return _STRINGS.fullmatch(text, start) is not None
