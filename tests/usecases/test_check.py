"""Check: what is wrong with a returned form, told without a workspace.

1. Whatever a person did to a form ends in its own finding, with file, sheet and, where there is one, cell.
2. What was recovered is said; what cannot be read surely is a finding.
3. A complete form has no findings; several files are told apart; what is no file is refused.
4. JSON is no table that keeps the rules of tables: alone it is refused, beside tables it is passed over.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kohyo
from kohyo.errors import FileError, UsageError
from kohyo.model.finding import Finding
from kohyo.usecases.check import check_rules
from tests.usecases.small import Small, cell_of, codes, opened, tab_of, type_into
from tests.usecases.spoiled import MISTYPED, SPOILED, Spoil

NUMBER = "1-1"
DEPARTMENT = "企画財政局"


def _findings(small: Small, spoil: Spoil) -> tuple[Finding, ...]:
    """Return the findings about a complete form after somebody did something to one of its sheets."""
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        spoil(book[tab_of(NUMBER)])
    return kohyo.check([path], small.workspace.definition).findings


@pytest.mark.parametrize(("code", "spoil"), SPOILED.items())
def test_what_was_done_to_a_sheet_is_said(small: Small, code: str, spoil: Spoil) -> None:
    """Each bend has its code, at the sheet where it was done (1, 2)."""
    found = [finding for finding in _findings(small, spoil) if finding.code == code]
    assert found
    for finding in found:
        assert finding.place.file == f"調査票_{DEPARTMENT}.xlsx"
        assert finding.place.sheet == ("部内の資料" if code == "K258" else tab_of(NUMBER))


@pytest.mark.parametrize(
    ("field", "typed", "code"), [*((*what, code) for code, what in MISTYPED.items()), ("number", "9-9", "K212")]
)
def test_what_was_typed_is_said(small: Small, field: str, typed: object, code: str) -> None:
    """What cannot be trusted, or was read as something else, has its code and its cell (1, 2)."""
    path = small.send(DEPARTMENT, {NUMBER: {field: typed}})
    with opened(path) as book:
        place = cell_of(book[tab_of(NUMBER)], field)
    found = kohyo.check([path], small.workspace.definition).findings
    if field == "number":
        found = small.consolidate().findings
    assert [(finding.place.sheet, finding.place.cell) for finding in found if finding.code == code] == [
        (tab_of(NUMBER), place)
    ]


def test_perspectives_that_stay_unknown(small: Small) -> None:
    """An item of which no perspective is answered is incomplete (1)."""
    ticks = dict.fromkeys(("tick_finance", "tick_online", "tick_staff", "tick_partners"), "不明")
    path = small.send(DEPARTMENT, {NUMBER: ticks})
    assert codes(kohyo.check([path], small.workspace.definition)) == ["K216"]


def test_a_date_that_is_none(small: Small) -> None:
    """A date without a year is not guessed (1, 2)."""
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        type_into(book["市民の声"], {"heard.1": "使いやすい。", "heard_on.1": "6月3日"})
    assert codes(kohyo.check([path], small.workspace.definition)) == ["K205"]


def test_a_complete_form_is_clean(small: Small) -> None:
    """Nothing to mend, nothing to look at, exit code 0 (3)."""
    result = kohyo.check([small.send(DEPARTMENT)], small.workspace.definition)
    assert (result.findings, result.needs_person) == ((), False)


def test_files_are_told_apart(small: Small) -> None:
    """Each finding names its file; a broken file does not stop the next (1, 3)."""
    broken = small.workspace.returns / "壊れた.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    good = small.send(DEPARTMENT, {NUMBER: {"state": None}})
    result = kohyo.check([broken, good], small.workspace.definition)
    assert result.files == ("壊れた.xlsx", good.name)
    assert {finding.place.file for finding in result.findings} == {"壊れた.xlsx", good.name}


def test_a_form_of_another_plan(small: Small) -> None:
    """Without its definition a form is read by the shipped plan, which it does not belong to (1, 3)."""
    assert codes(kohyo.check([small.send(DEPARTMENT)])) == ["K151"]


def test_no_such_file(tmp_path: Path) -> None:
    """A path that is no file is refused (3)."""
    with pytest.raises(FileError):
        kohyo.check([tmp_path / "ない.xlsx"])


def test_a_folder_and_a_pattern_stand_for_their_files(small: Small) -> None:
    """Where the shell spells nothing out, a folder and a pattern do what they do elsewhere (3)."""
    small.send(DEPARTMENT, name=f"係/調査票_{DEPARTMENT}.xlsx")
    small.send("市民局")
    (small.workspace.returns / "~$調査票_市民局.xlsx").write_bytes(b"open")
    definition, folder = small.workspace.definition, small.workspace.returns
    assert sorted(kohyo.check(folder, definition).files) == ["調査票_企画財政局.xlsx", "調査票_市民局.xlsx"]
    assert kohyo.check(str(folder / "*.xlsx"), definition).files == ("調査票_市民局.xlsx",)
    both = [folder / "調査票_市民局.xlsx", folder]
    assert len(kohyo.check(both, definition).files) == 2


def test_nothing_to_check_is_said(small: Small) -> None:
    """An empty folder and a pattern that fits nothing are no clean bill (3)."""
    for name in (small.workspace.returns, small.workspace.returns / "*.xlsx"):
        with pytest.raises(UsageError, match="点検するファイルがありません"):
            kohyo.check(name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.json", b"{}"),
        ("x.JSON", b""),
        ("x.txt", b'\xef\xbb\xbf {\n "data": [1, 2]}\n'),
        ("x.csv", b'[{"a": "b,c"}]'),
        ("x.log", b'{"a": 1}\n{"a": 2}\n'),
    ],
)
def test_json_is_no_table(tmp_path: Path, name: str, content: bytes) -> None:
    """By its name or by what stands in it, it is refused in a short line, however many there are (4)."""
    paths = [tmp_path / f"{place}{name}" for place in range(40)]
    for path in paths:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="JSON") as one:
        check_rules(paths[0])
    with pytest.raises(UsageError, match="40件") as many:
        check_rules(paths)
    assert (one.value.key, many.value.key) == ("only_json", "only_json")
    assert len(str(many.value)) < len(str(one.value)) + 10


@pytest.mark.parametrize("content", ["団体コード,項目\n131121,{甲}\n", "{甲},項目\n1,乙\n"])
def test_a_table_is_looked_at_beside_json(tmp_path: Path, content: str) -> None:
    """A brace alone makes none (4)."""
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    (tmp_path / "x.json").write_bytes(b"{}")
    assert check_rules(tmp_path).files == ("x.csv",)
