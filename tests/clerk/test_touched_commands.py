"""A register and forms that people worked in, through a year of commands: nothing lost, nothing to repair.

1. Every command that reads or writes the register leaves what the clerk did where it was, and connected.
2. A form sent back with notes, pictures, readings, rules of Excel's own says the same as without them.
3. A form of which every sheet was renamed is read by every command as if it were not.
4. Every command of the command line is among them, or it is said why it is not.
5. Whatever Excel put into a register, and however it spells it, the verification finds nothing to name.
6. A form of the level above in which somebody worked keeps all of that when it is sent up.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

import kohyo
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.cell_reference import column_letters
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.register_grid import Grids
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_definition import plan_of
from tests.clerk.losses import losses
from tests.clerk.package import touched
from tests.clerk.touches import BESIDES, CONTROLLED, TOGETHER, TOUCHES, touch
from tests.cli.running import Console
from tests.lint.lint import refusals
from tests.tools.reference.command_line import commands
from tests.usecases.corrections import RIGHT, WRONG, send_correction
from tests.usecases.levels import CITY, new_above
from tests.usecases.small import LIST, NOW, Small, made_up_plan, new_small, opened, tab_of

_CROSSWALK = "旧番号,新番号,項目名\n2-1,3-5,\n,1-9,新しい取組\n"
_REGISTER_ALONE = {
    "table",
    "slicer",
    "filtered",
    "validations",
    "protected",
    "own_sheets",
    "printing",
    "counted_from_1904",
}
_ON_A_FORM = tuple(name for name in TOGETHER if name not in _REGISTER_ALONE)
_ANSWER = re.compile(r"カード[0-9-]+: cell B[0-9]+")
FORM = "企画財政局"
"""The department whose form is touched."""


def _changed_list(small: Small) -> None:
    rows = [list(row) for row in LIST]
    rows[1][2] = "使用料を二年ごとに見直す。"
    small.write_list([*rows, ["3-2", "電子の申請", "申請を電子にする。", "市民局"]])


def _answers(small: Small) -> None:
    """Let one department contradict itself, and one with renamed sheets have much to mend."""
    small.send("市民局", {"2-1": {"overview": "電話で予約する。"}}, name="一.xlsx")
    small.send("市民局", {"2-1": {"overview": "窓口で予約する。"}}, name="二.xlsx")
    _rename(small.send(FORM, {"1-1": {**WRONG, "overview": "毎年見直す。"}}))


def _rename(form: Path) -> None:
    """Give every sheet another name."""
    with opened(form) as book:
        for number, sheet in enumerate(book.worksheets):
            sheet.title = f"{number}枚目 '写し'"


def _decide(small: Small) -> None:
    """Write 回答 into 採用 of the first conflict, as a hand does: nothing else of the workbook is another."""
    grid = Grids(small.workspace.register).grid("競合")
    column = column_letters(next(column for column, heading in grid.rows[0].items() if heading == "採用"))
    book = touched(small.workspace.register)
    book.cell(book.sheet("競合"), f"{column}2", f'<c r="{column}2" t="inlineStr"><is><t>回答</t></is></c>')
    small.workspace.register.write_bytes(book.saved())


def _reword(small: Small) -> None:
    """Call a field otherwise in the definition, as its office does."""
    with opened(small.workspace.definition) as book:
        cells = [cell for row in book["欄"].iter_rows() for cell in row if cell.value == "取組の内容"]
        for cell in cells:
            cell.value = "取組の概要"


_PRINTED = """区分\t\t令和12年度\t\t確認\t根拠
\t\t額\t増減額\t\t
歳入\t市税\t1,300\t▲20\t\t
\t<b>合計</b>\t1,300\t▲20\t\t
"""


def _asked_from_above(small: Small) -> None:
    """Get the form of the level above, in which somebody worked."""
    above = new_above(small.root / "県", "架空県", CITY, "ken-r12")
    form = touch(above.form.read_bytes(), *_ON_A_FORM, page=tab_of("2-1"), words=("窓口の予約",))
    above.form.write_bytes(form)


STEPS: tuple[tuple[str, Callable[[Small], object]], ...] = (
    ("import {root} {root}/一覧.tsv", _changed_list),
    ("distribute {root}", lambda _: None),
    ("consolidate {root}", _answers),
    ("check {root}/回収 --definition {root}/計画定義.xlsx", lambda _: None),
    ("resolve {root}", _decide),
    ("consolidate {root}", lambda small: send_correction(small, {"1-1": RIGHT})),
    ("status {root}", lambda _: None),
    ("matrix {root}", lambda _: None),
    ("tables {root} --only 取組み一覧", lambda _: None),
    ("papers {root} 会議資料", lambda _: None),
    ("audit {root}", lambda _: None),
    ("verify {root}", lambda _: None),
    ("next {root}", lambda _: None),
    ("burden {root}", lambda _: None),
    ("define {root} --check", _reword),
    ("define {root}", lambda _: None),
    (
        "import {root} {root}/見込み.tsv --table 財源の見込み",
        lambda small: (small.root / "見込み.tsv").write_text(_PRINTED, "utf-8"),
    ),
    ("freeze {root} 素案 --anyway", lambda _: None),
    ("diff {root} 素案", lambda _: None),
    ("send-up {root} {root}/県/配布/調査票_架空市.xlsx", _asked_from_above),
    ("trace {root} 2-1 取組の概要", lambda _: None),
    ("show {root} --at 2030-06-01 --out {root}/過去.xlsx", lambda _: None),
    ("renumber {root} --from {root}/対照.csv", lambda small: (small.root / "対照.csv").write_text(_CROSSWALK, "utf-8")),
    ("renumber {root} --from {root}/結果/番号案.xlsx --apply --version 令和12年度", lambda _: None),
    ("undo {root}", lambda _: None),
    ("restore {root} --register {before}", lambda _: None),
    ("rollover {root} --anyway", lambda _: None),
    ("gather {root} --to {root}/集約", lambda _: None),
    ("query {root}/集約 SELECT＊count(*)＊FROM＊items", lambda _: None),
)
"""Commands, each with what people do before it; ＊ stands for a space within a word."""

_ASKING = ("consolidate", "check", "status", "audit", "next")
"""What tells of something that a person must see to: the answers above are made so; all else has nothing to tell."""

APART: Mapping[str, str] = {
    "demo": "makes a workspace of its own",
    "new": "makes the workspace, before anybody worked in it",
    "plans": "reads no workbook",
    "explain": "reads no workbook",
    "doctor": "reads no workbook",
    "kit": "reads no workbook",
    "watch": "goes on for ever; for each file it does what consolidate does",
    "addin install": "reads no workbook",
    "addin remove": "reads no workbook",
    "addin shortcuts": "reads no workbook",
    "addin run": "does what the command of its button does",
}
"""Commands that stand for themselves, and why."""


@pytest.mark.parametrize("touches", [TOGETHER, BESIDES, CONTROLLED], ids=["together", "besides", "controlled"])
def test_a_year_of_commands(tmp_path: Path, console: Console, touches: tuple[str, ...]) -> None:
    """From the list to the next year, on a register with everything that one can have at once (1, 3)."""
    small = new_small(tmp_path / "作業　フォルダ")
    register = small.workspace.register
    origin = touch(register.read_bytes(), *touches, words=("取組名", "使用料の見直し"))
    register.write_bytes(origin)
    last = origin
    told: dict[str, object] = {}
    for command, prepare in STEPS:
        prepare(small)
        copies = small.workspace.backups.glob("台帳_*.xlsx")
        before = max(copies, key=lambda path: path.stat().st_mtime, default=register).name
        words = (word.format(root=small.root, before=before).replace("＊", " ") for word in command.split())
        ran = console.run(*words)
        now = register.read_bytes()
        asks = command.split()[0] in _ASKING or command.endswith("--check")
        wrong = [] if ran.code == int(asks) else [ran.out + ran.err]
        if now != last:
            last = now
            wrong += [*losses(origin, now), *refusals(now)]
            plan = plan_of(small.workspace)
            wrong += [finding.code for finding in load_register(register, plan).findings]
        told[command] = wrong
    assert {command: wrong for command, wrong in told.items() if wrong} == {}
    assert last != origin
    above, sent = (small.root / folder / f"調査票_{CITY}.xlsx" for folder in ("県/配布", "上申"))
    other = losses(above.read_bytes(), sent.read_bytes())
    answers = [one for one in other if _ANSWER.fullmatch(one)]
    assert (refusals(sent), other) == ([], answers)
    assert answers


def test_every_command_is_in_the_year() -> None:
    """A new command joins the year, or says why it need not (4)."""
    called = {" ".join(word for word in command.split()[:1]) for command, _ in STEPS}
    assert called.isdisjoint(APART)
    assert called | {*APART} == {command.words for command in commands()}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace with a day in its register; never changed."""
    plan = made_up_plan()
    fields = tuple(
        rule.model_copy(update={"sheets": (*rule.sheets, "card")}) if rule.name == "heard_on" else rule
        for rule in plan.fields
    )
    small = Small(workspace_for(tmp_path_factory.mktemp("dated") / "作業", plan.model_copy(update={"fields": fields})))
    kohyo.import_items(small.root, small.write_list(LIST), now=NOW)
    small.distribute()
    small.send(FORM, {"1-1": {"heard_on": "2030-05-20"}})
    small.consolidate()
    return small.root


@pytest.mark.parametrize("name", TOUCHES)
def test_the_verification_reads_the_same(name: str, dated: Path, tmp_path: Path) -> None:
    """It has a reader of its own, which knows the same spellings (5)."""
    root = Path(shutil.copytree(dated, tmp_path / "作業"))
    register = root / "台帳.xlsx"
    touched_by = touch(register.read_bytes(), name, words=("取組名", "使用料の見直し"))
    register.write_bytes(touched_by)
    items = load_register(register, plan_of(Workspace(root))).register.items
    assert items[0].values["heard_on"] == date(2030, 5, 20)
    assert kohyo.verify(root).findings == ()


@pytest.mark.parametrize("name", sorted({*TOUCHES} - _REGISTER_ALONE))
def test_a_form_says_the_same(name: str, small: Small, tmp_path: Path) -> None:
    """What Excel adds to a form is no answer and hides none (2)."""
    form = small.send(FORM, {"1-1": {"overview": "毎年見直す。"}})
    again = tmp_path / form.name
    again.write_bytes(touch(form.read_bytes(), name, page=tab_of("1-1"), words=("毎年見直す。",)))
    assert _answers_in(again) == _answers_in(form)


def test_the_words_of_a_check_box_are_kept(small: Small) -> None:
    """What a department put over its form is no answer, and stays in 連絡メモ (2)."""
    form = small.send(FORM, {"1-1": {"overview": "毎年見直す。"}})
    form.write_bytes(touch(form.read_bytes(), "form_controls", page=tab_of("1-1"), words=("毎年見直す。",)))
    small.consolidate()
    notes = [note.text for note in small.register().notes if note.place.sheet == tab_of("1-1")]
    assert {"（図形）確認ずみ", "（図形）会議で説明する"} <= {*notes}


def _answers_in(form: Path) -> dict[str, object]:
    """Return the answers of a form by sheet and field."""
    book = read_file(form).book
    assert book is not None
    found, _ = find_answers(book, made_up_plan(), form.name)
    return {
        f"{sheet.place.sheet} {name}": answer.value for sheet in found.sheets for name, answer in sheet.answers.items()
    }
