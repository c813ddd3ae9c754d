"""Data frames of a workspace.

1. Columns and their types are the same with data and without.
2. Ticks, owners, answers, changes and conflicts say what the register says.
3. Japanese headings and words on request.
4. A choice that the definition no longer has is not lost.
5. Every table's frame has the types that its columns declare, and its JSON is read back by pandas as that frame.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pandas as pd
import pytest

import kohyo
from kohyo.api.frame_types import array, categories
from kohyo.api.frames import Frames, frames_of
from kohyo.definition.load import load_toml
from kohyo.excel.table_book.data_files import json_bytes
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.tables.building_blocks import tick
from kohyo.tables.table_books import table_books
from kohyo.usecases.contents import Contents
from tests.conftest import Demo
from tests.definition.plans import MADEUP
from tests.usecases.small import Small

_TICKED = {Tick.YES: True, Tick.NO: False, Tick.UNKNOWN: pd.NA}
TYPES = {"string", "category", "Int64", "Float64", "boolean", "datetime64[us]"}


@pytest.fixture(scope="module")
def known(demo: Demo) -> Contents:
    """Read the demo once."""
    return kohyo.contents(demo.folder)


@pytest.fixture(scope="module")
def frames(known: Contents) -> Frames:
    """Return the demo's frames."""
    return frames_of(known)


def _types(frames: Frames) -> dict[str, dict[str, str]]:
    return {name: {str(column): str(kind) for column, kind in frame.dtypes.items()} for name, frame in frames}


def _categories(frames: Frames) -> dict[str, list[str]]:
    return {
        f"{name}.{column}": list(frame[column].cat.categories)
        for name, frame in frames
        for column in frame.columns
        if str(frame[column].dtype) == "category"
    }


@pytest.mark.parametrize("labels", [False, True], ids=["keys", "labels"])
def test_types_do_not_depend_on_the_data(known: Contents, *, labels: bool) -> None:
    """An empty register has the same columns, types and categories as a full one (1)."""
    empty = frames_of(Contents(known.plan, Register(), (), {known.plan.cycle.year: Register()}), labels=labels)
    full = frames_of(known, labels=labels)
    assert _types(empty) == _types(full)
    assert _categories(empty) == _categories(full)
    assert {kind for types in _types(full).values() for kind in types.values()} <= TYPES
    for (_, one), (_, other) in zip(empty, full, strict=True):
        assert one.index.name == other.index.name
    assert full.items.index.dtype == "string"


def test_items_and_ticks(frames: Frames, known: Contents) -> None:
    """An item a row, a tick a row; 不明 is neither yes nor no (2)."""
    assert list(frames.items.index) == [item.id for item in known.register.items]
    assert len(frames.ticks) == len(frames.items) * len(known.plan.perspectives)
    pivot = frames.ticks.pivot_table(index="item", columns="perspective", values="ticked", aggfunc="first")
    assert pivot.shape == (len(frames.items), len(known.plan.perspectives))
    fresh = known.register.items[0]
    ticked = frames.ticks.loc[[fresh.id]].set_index("perspective")["ticked"]
    for entry in known.plan.perspectives:
        assert str(ticked[entry.key]) == str(_TICKED[tick(fresh, entry)])


def test_owners_answers_changes(frames: Frames, known: Contents) -> None:
    """Every item has one lead; every answer that counts and every change has its row (2)."""
    leads = frames.owners.groupby(level=0, observed=True)["lead"].sum()
    assert set(leads) == {1}
    assert len(frames.answers) == len(known.answers) > 1000
    assert set(frames.answers["state"].cat.categories) == {"changed", "confirmed", "emptied", "blank"}
    assert list(frames.changes["old"].fillna(""))[-1] == (known.register.changes[-1].old or "")
    assert len(frames.changes) == len(known.register.changes)
    assert (frames.receipts["outcome"] == "accepted").sum() == len(known.plan.departments)


def test_indicators_by_year(small: Small) -> None:
    """A year that ended stands beside the one that runs, from its version (2)."""
    small.send("企画財政局")
    small.consolidate()
    kohyo.rollover(small.root, anyway=True)
    found = kohyo.Workspace(small.root).frames().indicators
    years = [phase.year for phase in load_toml(MADEUP).years][:2]
    assert sorted(found["year"].unique()) == years
    assert set(found[found["year"] == years[0]].index) == set(found[found["year"] == years[1]].index)


def test_japanese_headings(known: Contents, frames: Frames) -> None:
    """On request headings and words are the register's own (3)."""
    labelled = frames_of(known, labels=True)
    assert list(labelled.ticks.columns) == ["番号", "改善の視点", "該当", "根拠"]
    assert labelled.items.index.name == "ID"
    assert "受理" in set(labelled.receipts["結果"])
    assert [len(frame) for _, frame in labelled] == [len(frame) for _, frame in frames]


def test_no_word_is_lost() -> None:
    """What the definition does not know comes after what it knows (4)."""
    found = categories(["終了", None, "順調"], ["順調", "遅れ"])
    assert [*found][0::2] == ["終了", "順調"]
    assert found.isna().tolist() == [False, True, False]
    assert list(found.categories) == ["順調", "遅れ", "終了"]


def test_what_is_not_of_the_type_is_missing() -> None:
    """A figure that is no figure does not change the type of its column (1)."""
    assert array(["未定", 3, 2.5, None], "Int64").isna().tolist() == [True, False, True, True]
    assert array(["未定", 2.5], "Float64").isna().tolist() == [True, False]


def test_tables_have_the_types_that_they_declare(known: Contents, plan: Plan) -> None:
    """No table holds anything but what its columns say, and pandas reads the JSON as the very frame (5)."""
    tables = [table for book in table_books(plan) for table in book.build(plan, known.register)]
    tables = [table for table in tables if table.record_columns]
    assert len(tables) > 20
    for table in tables:
        frame = table.to_frame()
        held = {column.key: (str,) if column.holds == "text" else (int, float) for column in table.record_columns}
        for record in table.complete_records:
            assert [
                key for key, value in record.items() if value is not None and not isinstance(value, held[key])
            ] == []
        again = pd.read_json(io.StringIO(json_bytes(table).decode("utf-8")), orient="table")
        pd.testing.assert_frame_equal(frame, again, check_index_type=False)


def test_every_twin_on_disk_is_read(demo: Demo) -> None:
    """What the demo wrote is read as pandas reads a table (5)."""
    twins = sorted((demo.folder / "結果" / "data").glob("*.json"))
    assert len(twins) > 20
    counts = pd.read_json(Path(demo.folder / "結果" / "data" / "件数.json"), orient="table")
    assert str(counts["distinct"].dtype) == "Int64"


def test_without_pandas(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pandas is not installed, one line says how to get it (1)."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(kohyo.UsageError, match="pip install"):
        kohyo.Workspace(small.root).frames()
