"""What was read otherwise than it was typed (読み替え), told once for a column that has many such places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.raised import finding_of

_FEW = 3
"""Readings of one column that are told each by itself, and that are shown of more."""
_PLACE = re.compile(r"(?P<before>[^0-9]*)(?P<row>[0-9]+)(?P<behind>[^0-9]*)")


def told_by_column(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, where a column of a sheet has many readings (K207) one in their stead (K320)."""
    columns: dict[tuple[object, ...], list[Finding]] = {}
    for place, finding in enumerate(findings):
        alone = () if finding.code == Code.K207 else (place,)  # every other finding stands for itself
        columns.setdefault((finding.place.sheet, finding.field, *alone), []).append(finding)
    return [told for column in columns.values() for told in _told(column)]


def _told(column: Sequence[Finding]) -> Sequence[Finding]:
    if len(column) <= _FEW:
        return column
    shown = (wording("text.list.reading", value=one.value, read=one.context["read"]) for one in column[:_FEW])
    first, joiner = column[0], wording("text.list.joiner")
    cells = joiner.join(_spans([one.place.cell for one in column]))
    return [finding_of(Code.K320, first.place, first.field, joiner.join(shown), count=str(len(column)), cells=cells)]


def _spans(cells: Sequence[str]) -> Iterator[str]:
    """Yield the places, those of rows that follow one another as one: C2～C9."""
    spans: list[list[str]] = []
    for cell in cells:
        if spans and _follows(spans[-1][-1], cell):
            spans[-1] = [spans[-1][0], cell]
        else:
            spans.append([cell])
    return (wording("text.list.span", first=span[0], last=span[-1]) if len(span) > 1 else span[0] for span in spans)


def _follows(one: str, other: str) -> bool:
    before, after = _PLACE.fullmatch(one), _PLACE.fullmatch(other)
    if before is None or after is None or before["before"] != after["before"]:
        return False
    return int(after["row"]) == int(before["row"]) + 1 and after["behind"] == before["behind"]
