"""What the records tell of the beginning: a form counts as far as what it showed was not taken back since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kohyo.verification.records import read_records

FIELD, ITEM, DEPARTMENT = "old_number", "K0001", "甲部"


def _restored(kept: int) -> dict[str, object]:
    return {"@kind": "restored", "@new": kept}


def _renumbered(number: str) -> dict[str, object]:
    return {"@kind": "renumbered", "@item": ITEM, "@field": FIELD, "@new": number}


def _folder(root: Path, history: list[dict[str, object]], issued_after: int) -> tuple[Path, Path, Path, Path]:
    """Write a history, and one form that went out when so many rows of it were told."""
    for name in ("bases", "answers"):
        (root / name).mkdir()
    (root / "history").write_text("".join(f"{json.dumps(row)}\n" for row in history), encoding="utf-8")
    (root / "last").write_text("{}\n", encoding="utf-8")
    sheet = {"item": ITEM, "values": {FIELD: "1-26"}}
    form = {"control": "R7", "department": DEPARTMENT, "round": 1, "issued_after": issued_after, "sheets": [sheet]}
    (root / "bases" / "R7.json").write_text(json.dumps(form), encoding="utf-8")
    return root / "history", root / "last", root / "bases", root / "answers"


@pytest.mark.parametrize(
    ("history", "issued_after", "counts", "shows"),
    [
        ([_renumbered("1-26")], 0, [0], True),
        ([_renumbered("1-26")], 1, [0], True),
        ([_renumbered("1-26"), _restored(0)], 1, [], False),
        ([_renumbered("1-26"), _restored(0)], 0, [], True),
        ([_renumbered("1-26"), _restored(0)], 2, [], True),
        ([_renumbered("1-25"), _renumbered("1-26"), _restored(1)], 1, [0], True),
        ([_renumbered("1-25"), _renumbered("1-26"), _restored(1)], 2, [0], False),
        ([_renumbered("1-25"), _renumbered("1-26"), _restored(1), _restored(0)], 1, [], False),
        ([_renumbered("1-26"), _restored(0), _restored(1)], 1, [0], True),
    ],
)
def test_a_form_counts_as_far_as_what_it_showed_stands(
    tmp_path: Path, history: list[dict[str, object]], issued_after: int, counts: list[int], *, shows: bool
) -> None:
    """What was taken back (取消し) before a form's time tells nothing any more, in the history or on the form."""
    records = read_records(*_folder(tmp_path, history, issued_after))
    assert [row.place for row in records.history] == counts
    assert ((DEPARTMENT, ITEM, FIELD) in records.shown) is shows
