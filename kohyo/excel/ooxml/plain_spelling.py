"""The plain spelling (ふつうの書き方) of sheets and shared texts, in which nothing can be read in two ways.

Excel, LibreOffice and the usual libraries spell cells like this: no comments, no CDATA, no foreign elements, each
cell under its own row and not far out, each value of the form that its type asks for. A part that is spelled so goes
to the parser as it is; any other is first spelled anew (``slow_scan``). The grammar is ECMA-376 part 1, §18.3.1 and
§18.4.
"""

from __future__ import annotations

import re

_NUMBER = rb"-?[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+"
_FORMULA = rb'<f(?: [A-Za-z0-9]++="[^"<>]*+")*+(?:/>|>[^<]*+</f>)'
_TEXT = rb'<t(?: xml:space="preserve")?+(?:/>|>[^<]*+</t>)'
_CELL = (
    rb'<c r="[A-Z]{1,2}+\1"(?: s="[0-9]{1,5}+")?+(?:/>'
    rb'| t="s"><v>[0-9]{1,7}+</v></c>'
    rb'|(?: t="n")?+>(?:' + _FORMULA + rb")?+(?:<v>" + _NUMBER + rb"</v>|<v></v>|<v/>)?+</c>"
    rb'| t="b">(?:' + _FORMULA + rb")?+<v>[01]</v></c>"
    rb'| t="(?:str|e)">(?:' + _FORMULA + rb")?+(?:<v>[^<]*+</v>|<v/>)?+</c>"
    rb'| t="inlineStr"><is>' + _TEXT + rb"</is></c>)"
)
_ATTRIBUTES = rb'(?: (?!xmlns)[A-Za-z0-9:]++="[^"<>]*+")*+'
_ROW = rb'<row r="([1-9][0-9]{0,3}+)"' + _ATTRIBUTES + rb">(?:" + _CELL + rb")*+</row>"
_EMPTY_ROW = rb'<row r="[1-9][0-9]{0,5}+"' + _ATTRIBUTES + rb"/>"
_ROWS = re.compile(rb"<sheetData>(?:" + _ROW + rb"|" + _EMPTY_ROW + rb")*+</sheetData>|<sheetData/>")
_BEGIN = b"<sheetData"
_TAG = re.compile(rb"</?([A-Za-z]++:?)")
_REFERENCE = re.compile(rb'<c r="([A-Z]++[0-9]++)"')
_ROW_NUMBER = re.compile(rb'<row r="([0-9]++)"')
_SHARED = re.compile(rb' t="s"><v>([0-9]++)<')

_MARKS = rb"(?:<rPr>(?:<[A-Za-z]++(?: [A-Za-z]++=\"[^\"<>]*+\")*+ ?/>)*+</rPr>|<rPr/>)?+"
_RUN = rb"<r>" + _MARKS + _TEXT + rb"</r>"
_FURIGANA = rb'(?:<rPh(?: [a-z]++="[0-9]++")*+>' + _TEXT + rb'</rPh>)*+(?:<phoneticPr(?: [A-Za-z]++="\w*+")*+/>)?+'
_STRINGS = re.compile(
    rb"<sst(?: [A-Za-z:]++=\"[^\"<>]*+\")*+(?:/>|>(?:<si>(?:" + _TEXT + rb"|(?:" + _RUN + rb")*+)" + _FURIGANA
    + rb"</si>|<si/>)*+</sst>)\s*+"
)  # fmt: skip


def plain_rows(data: bytes) -> tuple[int, int] | None:
    """Return where the rows of a sheet begin and end, None where anything around or in them is unusual."""
    start = data.find(_BEGIN)
    if start < 0 or data.find(_BEGIN, start + 1) >= 0 or data.find(b"AlternateContent", 0, start) >= 0:
        return None
    if any(b":" in tag for tag in _TAG.findall(data, 0, start)):  # a foreign element
        return None
    rows = _ROWS.match(data, start)
    if rows is None or not _each_once(data, start, rows.end()):
        return None
    return start, rows.end()


def is_plain_text_list(data: bytes, start: int) -> bool:
    """Tell whether the shared texts, from their root at ``start``, are spelled plainly up to the last letter."""
    return _STRINGS.fullmatch(data, start) is not None


def highest_shared(rows: bytes) -> int:
    """Return the highest number of a shared text that plain rows name, -1 for none."""
    return max(map(int, _SHARED.findall(rows)), default=-1)


def _each_once(data: bytes, start: int, end: int) -> bool:
    """Tell whether no cell and no row stands there twice."""
    cells = _REFERENCE.findall(data, start, end)
    rows = _ROW_NUMBER.findall(data, start, end)
    return len(set(cells)) == len(cells) and len(set(map(int, rows))) == len(rows)
