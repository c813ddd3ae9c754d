"""A workspace of an earlier version of the program: taken on by the first command, whichever it is.

``tests/golden/workspace_before_contributions.zip`` was written by the version before 部別回答 and 連絡メモ: four
items, three returns consolidated, one question decided and two open ones of which one was none (each owner's own
進み具合), a title edited and a column added by hand since, a fourth return that waits in 回収.

1. Any command may be the first; none loses what stood there.
2. The register afterwards is that of today: each owner's own answers in 部別回答, the decision holds, `verify` agrees.
3. The register as it was lies in 控え, byte for byte.
4. A heading that a later version added may be missing in 計画定義.xlsx, a misspelt one may not.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.errors import DefinitionError, KohyoError
from kohyo.workspace.folder import Workspace
from tests.findings.stage import put
from tests.usecases.small import NOW, Small

GOLDEN = Path(__file__).parent.parent / "golden" / "workspace_before_contributions.zip"
LATER = NOW + timedelta(hours=2)
FIRST: tuple[Callable[[Path], object], ...] = (
    kohyo.audit,
    kohyo.status,
    kohyo.resolve,
    kohyo.matrix,
    kohyo.make_tables,
    kohyo.distribute,
    kohyo.renumber,
    lambda root: kohyo.consolidate(root, now=LATER),
)


@pytest.fixture
def older(tmp_path: Path) -> Small:
    """Return the workspace as the earlier version and the secretariat left it."""
    with zipfile.ZipFile(GOLDEN) as archive:
        archive.extractall(tmp_path)
    return Small(Workspace(tmp_path / "作業"))


def _cells(book: Path, sheet: str) -> dict[str, object]:
    """Return what an independent reader finds on a sheet."""
    cells = (cell for row in openpyxl.load_workbook(book)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.value for cell in cells if cell.value is not None}


@pytest.mark.parametrize("first", FIRST)
def test_any_command_may_be_the_first(older: Small, first: Callable[[Path], object]) -> None:
    """What the command changes aside, the end is one and the same (1, 2)."""
    first(older.root)
    result = older.consolidate(LATER)
    assert (result.open_conflicts, result.missing) == (1, ("上下水道局",))
    assert older.item("2-1").values["overview"] == "画面で予約する。"
    assert older.item("3-1").values["title"] == "研修の見直し"
    assert [older.own("2-1", name)["state"] for name in ("市民局", "企画財政局")] == ["順調", "遅れ"]
    assert older.own("2-2", "西区役所")["next_step"] == "続ける"
    with older.by_hand() as book:
        assert [cell.value for cell in list(book["項目"].columns)[23]][:2] == ["係のメモ", "九月に確認"]
    assert kohyo.verify(older.root).findings == ()


def test_the_register_as_it_was_is_kept(older: Small) -> None:
    """In 控え, the very file; and nothing that stood in it is missing in the new one (1, 3)."""
    before = older.workspace.register.read_bytes()
    old = _cells(older.workspace.register, "変更履歴")
    result = older.consolidate(LATER)
    assert result.saved.backup is not None
    assert result.saved.backup.read_bytes() == before
    assert old.items() <= _cells(older.workspace.register, "変更履歴").items()
    assert older.consolidate(LATER).saved.changed is False


def test_what_verify_needs_is_said_before(older: Small) -> None:
    """Without the records that only a consolidation writes, it says so in one sentence (1)."""
    with pytest.raises(KohyoError):
        kohyo.verify(older.root)


@pytest.mark.parametrize("heading", ["だれの欄", "表紙で一度だけ"])
def test_a_misspelt_heading_is_not_taken_for_a_missing_one(older: Small, heading: str) -> None:
    """What somebody meant to fill in is not passed over in silence (4)."""
    sheet = openpyxl.load_workbook(older.workspace.definition)["欄"]
    free = sheet.max_column + 1
    book = openpyxl.load_workbook(older.workspace.definition)
    book["欄"].cell(1, free).value = heading
    book.save(older.workspace.definition)
    with pytest.raises(DefinitionError):
        older.consolidate(LATER)


def test_a_column_of_the_secretariats_own_is_none_of_them(older: Small) -> None:
    """A note beside the fields stays possible (4)."""
    book = openpyxl.load_workbook(older.workspace.definition)
    book["欄"].cell(1, book["欄"].max_column + 1).value = "係の覚え"
    book.save(older.workspace.definition)
    put(older.workspace.register, "項目", 2, 取組の内容="台帳の文")
    assert older.consolidate(LATER).changes > 0
