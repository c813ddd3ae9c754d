"""The register edited by hand, and the commands that come after.

1. Contents that changed places against their IDs stop every command that would build on them; nothing is written.
2. One row that cannot be used blocks that row alone: the others' answers are taken, and it stays as it was typed.
3. A record that was deleted or altered comes back from 控え with the next save.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kohyo
from kohyo.errors import FileError
from tests.findings.stage import put
from tests.usecases.small import LIST, Small


def _round(small: Small, heading: str, rows: tuple[int, ...]) -> None:
    """Let the cells of a column go round among rows of 項目."""
    with small.by_hand() as book:
        sheet = book["項目"]
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        values = [sheet.cell(row, column).value for row in rows]
        for row, value in zip(rows, [*values[1:], values[0]], strict=True):
            sheet.cell(row, column).value = value


@pytest.mark.parametrize(
    ("heading", "rows", "code"),
    [
        ("ID", (2, 4), "K527"),
        ("ID", (2, 3, 4, 5), "K527"),
        ("取組の内容", (2, 3, 4), "K528"),
        ("取組名", (2, 3), "K545"),
    ],
)
@pytest.mark.parametrize("command", [kohyo.consolidate, kohyo.resolve, kohyo.distribute, kohyo.make_tables])
def test_what_nobody_means_stops(
    small: Small, heading: str, rows: tuple[int, ...], code: str, command: Callable[[Path], object]
) -> None:
    """The refusal names the code's rows, and register and forms stay as they are (1)."""
    small.send("企画財政局")
    _round(small, heading, rows)
    before = {path: path.read_bytes() for path in small.root.rglob("*.xlsx")}
    with pytest.raises(FileError) as refused:
        command(small.root)
    assert refused.value.key == "register_broken"
    assert f"{rows[0]}行目" in str(refused.value.fields["details"])
    assert {path: path.read_bytes() for path in small.root.rglob("*.xlsx")} == before
    assert code in {finding.code for finding in kohyo.audit(small.root).findings}


def test_a_number_typed_twice_stops(small: Small) -> None:
    """The number that two items bear is told, and no answer is taken (1)."""
    small.send("企画財政局")
    put(small.workspace.register, "項目", 5, 取組番号=LIST[1][0])
    with pytest.raises(FileError) as refused:
        small.consolidate()
    assert refused.value.key == "register_broken"


def test_a_renumbering_by_hand_goes_on(small: Small) -> None:
    """Numbers exchanged while the titles stay are taken as they are, and told (1)."""
    small.send("企画財政局")
    _round(small, "取組番号", (3, 4))
    assert "K530" in {finding.code for finding in small.consolidate().findings}
    assert small.item("2-2").title == LIST[2][1]
