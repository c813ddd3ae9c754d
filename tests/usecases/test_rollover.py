"""Rollover: the old year frozen, the next one opened.

1. What belongs to the plan is carried, what the year brought is emptied and told in the history; ids stay.
2. Deadlines and schedule move by a year in the definition, in place; after the plan's last year there is no next.
3. The old year is kept: a version, the copies in 控え, what was sent and what came back; nothing is lost.
4. Headings that name the year follow it; the register is read by either.
5. What still waits (a conflict, a return) is settled first; what Excel holds open is closed first; then nothing moved.
6. A run that was cut off is taken up where it stopped.
7. The next year's cycle works: forms, returns, and last year's return is not taken for this year's.
8. Tables and twins of the old year lie with what was sent, not among the new year's results.
9. What departments sent besides tells its year: in the new year it stands under the title of its own, counts for it
   no more, and the same words sent again are another proposal. A register that does not tell years yet is given them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.definition.next_year import next_cycle
from kohyo.definition.surveys import survey_keys
from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.model.finding import Place
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Register, Submission
from kohyo.register.submission_years import with_years
from kohyo.tables.proposals import proposal_tables
from kohyo.workspace import carry_out, transaction
from kohyo.workspace.folder import Workspace
from kohyo.workspace.versions import load_version
from tests.usecases.corrections import WRONG
from tests.usecases.small import DEPARTMENTS, NOW, Small, codes, made_up_plan, opened, type_into

LATER = NOW + timedelta(days=300)


@pytest.fixture(scope="module")
def answered_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after one department answered; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("answered"))
    made.send("企画財政局", {"1-1": {"saving": 120, "schedule_2031": "広げる。"}})
    made.consolidate()
    return made


@pytest.fixture
def answered(answered_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return answered_origin.copied(tmp_path)


def _plan(small: Small) -> Plan:
    return read_definition(small.workspace.definition)


def _register(small: Small) -> Register:
    return load_register(small.workspace.register, _plan(small)).register


def test_plans_are_carried_and_results_emptied(answered: Small) -> None:
    """The history tells every value that was emptied (1)."""
    before = answered.item("1-1")
    result = kohyo.rollover(answered.root, now=LATER, anyway=True)
    after = next(item for item in _register(answered).items if item.id == before.id)
    assert (after.values.get("state"), after.values.get("saving")) == (None, None)
    assert (after.text("schedule_2031"), after.title) == ("広げる。", before.title)
    told = [row for row in _register(answered).changes if row.kind is ChangeKind.ROLLED]
    assert result.emptied == len(told) > 0
    assert ("saving", 120, None) in [(row.field, row.old, row.new) for row in told]


def test_deadlines_move_by_a_year(answered: Small) -> None:
    """The definition's own sheets stay (2)."""
    before = _plan(answered).cycle
    with opened(answered.workspace.definition) as book:
        book.create_sheet("覚え書き")["A1"] = "部長と相談"
    kohyo.rollover(answered.root, now=LATER, anyway=True)
    after = _plan(answered).cycle
    assert (after.year, after.closes) == (before.year + 1, before.closes.replace(year=before.closes.year + 1))
    moved = [one.date for one in after.milestones]
    assert [text[:4] for text in moved] == [str(int(one.date[:4]) + 1) for one in before.milestones]
    assert openpyxl.load_workbook(answered.workspace.definition)["覚え書き"]["A1"].value == "部長と相談"


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2028-02-29", "2029-02-28"),
        ("2030-06", "2031-06"),
        ("2030-10/2031-01", "2031-10/2032-01"),
        ("2030-04-17", "2031-04-17"),
    ],
)
def test_a_schedule_moves_by_a_year(day: str, moved: str) -> None:
    """Days, months and spans (2)."""
    plan = made_up_plan()
    cycle = plan.cycle.model_copy(update={"milestones": (plan.cycle.milestones[0].model_copy(update={"date": day}),)})
    after = next_cycle(plan.model_copy(update={"cycle": cycle}))
    assert after
    assert after.cycle.milestones[0].date == moved


def test_after_the_last_year_there_is_no_next(small: Small) -> None:
    """The definition has to say so first; until then every year opens, whatever rounds its rows name (2)."""
    with opened(small.workspace.definition) as book:
        for row in (
            ("half", "上半期", datetime(2030, 9, 2), datetime(2030, 9, 30)),  # noqa: DTZ001 - a day
            ("end", "年度末", datetime(2031, 2, 3), datetime(2031, 2, 28)),  # noqa: DTZ001 - a day
            ("last", "検証", datetime(2032, 4, 19), datetime(2032, 6, 14), "効果検証"),  # noqa: DTZ001 - a day
        ):
            book["調査の回"].append(row)
    for _ in made_up_plan().years[1:]:
        kohyo.rollover(small.root, now=LATER, anyway=True)
    with pytest.raises(UsageError) as refused:
        kohyo.rollover(small.root, now=LATER, anyway=True)
    assert refused.value.key == "no_next_year"
    assert _plan(small).cycle.year == max(one.year for one in made_up_plan().years)
    assert survey_keys(_plan(small)) == ("last", "half", "end")


def test_the_old_year_is_kept(answered: Small) -> None:
    """As a version with its answers, and file by file (3)."""
    sent = {path.name: path.read_bytes() for path in answered.workspace.forms.iterdir()}
    back = {path.name: path.read_bytes() for path in answered.workspace.returns.iterdir()}
    held = answered.register().items
    result = kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert load_version(answered.workspace, _plan(answered), result.version).register.items == held
    for folder, files in (("配布", sent), ("回収", back)):
        assert {path.name: path.read_bytes() for path in (result.archive / folder).iterdir()} == files
        assert list((answered.root / folder).iterdir()) == []
    assert result.archive == answered.workspace.backups / "令和12年度"
    assert _register(answered).receipts == ()
    assert len(list((result.archive / "配布時").iterdir())) == len(sent)


def test_headings_follow_the_year(answered: Small) -> None:
    """令和12年度の削減額 is 令和13年度の削減額 now, in the same column (4)."""

    def column(heading: str) -> int:
        sheet = openpyxl.load_workbook(answered.workspace.register)["項目"]
        return next((cell.column for cell in sheet[1] if cell.value == heading), 0)

    before = column("令和12年度の削減額")
    kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert (column("令和12年度の削減額"), column("令和13年度の削減額")) == (0, before)
    kohyo.resolve(answered.root, now=LATER)
    assert codes(load_register(answered.workspace.register, _plan(answered))) == []


def test_what_waits_is_settled_first(answered: Small) -> None:
    """A return that nobody read, a conflict, an open register; nothing has moved (5).

    What Excel leaves beside an open file is no return.
    """
    (answered.workspace.returns / "~$回答.xlsx").write_text("")
    late = answered.workspace.returns / "遅れた回答.xlsx"
    shutil.copy(answered.form("市民局"), late)
    content = answered.workspace.definition.read_bytes()
    with pytest.raises(UsageError) as refused:
        kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert (refused.value.key, refused.value.fields) == ("rollover_unread", {"count": 1, "first": "遅れた回答.xlsx"})
    late.unlink()
    lock = answered.root / "~$台帳.xlsx"
    lock.write_text("")
    with pytest.raises(FileError):
        kohyo.rollover(answered.root, now=LATER, anyway=True)
    lock.unlink()
    answered.send("市民局", {"2-1": {"overview": "電話で予約"}})
    answered.send("企画財政局", {"2-1": {"overview": "画面で予約"}}, name="二通目.xlsx")
    answered.consolidate()
    with pytest.raises(UsageError) as refused:
        kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert refused.value.key == "rollover_conflicts"
    assert answered.workspace.definition.read_bytes() == content
    assert list(answered.workspace.versions.iterdir()) == []


def test_a_run_that_was_cut_off(answered: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version of the first run stays the one with the answers; the second run ends what was begun (6)."""

    def cut_off(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    held = answered.register().items
    with monkeypatch.context() as patch:
        patch.setattr(transaction, "carry_out", cut_off)
        with pytest.raises(KeyboardInterrupt):
            kohyo.rollover(answered.root, now=LATER, anyway=True)
    result = kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert (result.old.year, result.new.year, _plan(answered).cycle.year) == (2030, 2031, 2031)
    assert result.emptied
    assert load_version(answered.workspace, _plan(answered), result.version).register.items == held
    assert list(answered.workspace.returns.iterdir()) == []


def test_a_file_that_could_not_be_moved(answered: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next command moves it, also where it is the same one, which opens no further year for that (6)."""
    (held,) = answered.workspace.returns.iterdir()
    move = carry_out._move

    def held_open(source: Path, target: Path) -> None:
        if source == held:
            raise PermissionError(13, "held", str(source))
        move(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(carry_out, "_move", held_open)
        first = kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert (first.left, held.is_file()) == ((held,), True)
    again = kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert again == replace(first, left=(), saved=again.saved)
    assert not held.exists()
    assert _plan(answered).cycle.year == 2031


def test_the_next_year(answered: Small) -> None:
    """Forms go out anew; a return of last year is told apart (7)."""
    old = Path(shutil.copy(answered.workspace.returns / "調査票_企画財政局.xlsx", answered.root / "去年.xlsx"))
    kohyo.rollover(answered.root, now=LATER, anyway=True)
    sent = kohyo.distribute(answered.root)
    assert len(sent.forms) == 5
    shutil.copy(old, answered.workspace.returns / "去年.xlsx")
    answered.send("市民局")
    found = answered.consolidate(LATER)
    outcomes = {row.file: row.outcome for row in _register(answered).receipts if row.file}
    assert outcomes == {"去年.xlsx": Outcome.FOREIGN, "調査票_市民局.xlsx": Outcome.ACCEPTED}
    assert "K153" in codes(found)
    assert set(found.missing) == {"企画財政局", "東区役所", "西区役所", "上下水道局"}


def test_what_was_answered_last_year_stays(small: Small) -> None:
    """A file of the same name without the sheet says nothing of it: last year's plan is still the plan (1, 7)."""
    small.send("市民局", {"2-1": {"schedule_2031": "早める。"}})
    small.consolidate()
    kohyo.rollover(small.root, now=LATER, anyway=True)
    kohyo.distribute(small.root)
    small.send("市民局", keep=["3-1"])
    result = small.consolidate(LATER)
    (item,) = (item for item in _register(small).items if str(item.number) == "2-1")
    assert item.values["schedule_2031"] == "早める。"
    assert not [change for change in _register(small).changes[-result.changes :] if change.item == item.id]


def test_results_of_every_owner_are_emptied(small: Small) -> None:
    """What each owner answered for itself is of its year; who and where is carried (1)."""
    small.send("西区役所", {"2-2": {"saving": 7}})
    small.consolidate()
    assert small.own("2-2", "西区役所")["saving"] == 7
    kohyo.rollover(small.root, now=LATER, anyway=True)
    assert not [row for row in _register(small).contributions if "saving" in row.values or "state" in row.values]
    told = [row for row in _register(small).changes if row.kind is ChangeKind.ROLLED and "西区役所" in row.field]
    assert 7 in [row.old for row in told]


def test_the_command_line(answered: Small) -> None:
    """What was kept, what was moved, what comes next (1, 3)."""
    done = CliRunner().invoke(app, ["rollover", str(answered.root), "--anyway", "--json"])
    data = json.loads(done.stdout)
    assert (done.exit_code, data["old"], data["new"], data["left"]) == (0, 2030, 2031, [])
    assert date.fromisoformat(data["closes"]) == _plan(answered).cycle.closes


def _refused(small: Small) -> str:
    """Return what stands in the way of ending the year; nothing of the workspace is another."""
    held = {path: path.read_bytes() for path in (small.workspace.definition, small.workspace.register)}
    with pytest.raises(UsageError) as refused:
        kohyo.rollover(small.root, now=LATER)
    assert refused.value.key == "still_open"
    assert {path: path.read_bytes() for path in held} == held
    return str(refused.value.fields["details"])


def test_a_year_is_not_ended_by_mistake(small: Small) -> None:
    """Twice, before any form went out, with returns missing or corrections out: said, and done only if meant (5)."""
    assert "5" in _refused(small)
    assert "市民局" in _refused(small)
    for department in DEPARTMENTS:
        small.send(department, {"2-1": WRONG} if department == "市民局" else None)
    small.consolidate()
    assert "差し戻して" in _refused(small)
    assert "戻っていない部" not in _refused(small)
    assert kohyo.rollover(small.root, now=LATER, anyway=True).new.year == 2031
    assert "まだ配っていません" in _refused(small)
    assert kohyo.rollover(small.root, now=LATER, anyway=True).new.year == 2032


def test_a_year_that_is_done_ends_unasked(small: Small) -> None:
    """Everything came back and was accepted (5)."""
    for department in DEPARTMENTS:
        small.send(department)
    small.consolidate()
    assert kohyo.rollover(small.root, now=LATER).new.year == 2031


def test_a_version_is_not_kept_by_mistake(small: Small) -> None:
    """While conflicts wait, that is said first (5)."""
    small.send("市民局", {"2-1": {"overview": "電話で予約"}})
    small.send("市民局", {"2-1": {"overview": "画面で予約"}}, name="二通目.xlsx")
    assert small.consolidate().open_conflicts
    with pytest.raises(UsageError) as refused:
        kohyo.freeze(small.root, "素案", now=NOW)
    assert refused.value.key == "still_open"
    assert kohyo.freeze(small.root, "素案", now=NOW, anyway=True).items == 4


def _proposed(small: Small, department: str = "市民局") -> None:
    path = small.workspace.returns / f"{department}.xlsx"
    shutil.copy(small.form(department), path)
    with opened(path) as book:
        tab = next(name for name in book.sheetnames if "新規" in name)
        type_into(book[tab], {"title": "夜間の窓口", "overview": "夜も開ける。"})
    small.consolidate()


def test_results_of_the_old_year_go_with_it(answered: Small) -> None:
    """And come back when the rollover is undone (8)."""
    kohyo.make_tables(answered.root, ["取組み一覧"])
    results = answered.workspace.results
    made = {path.relative_to(results) for path in results.rglob("*") if path.is_file()}
    result = kohyo.rollover(answered.root, now=LATER, anyway=True)
    assert [path for path in results.rglob("*") if path.is_file()] == []
    kept = result.archive / results.name
    assert {path.relative_to(kept) for path in kept.rglob("*") if path.is_file()} == made
    kohyo.undo(answered.root, now=LATER)
    assert {path.relative_to(results) for path in results.rglob("*") if path.is_file()} >= made


def test_last_years_proposals_are_last_years(small: Small) -> None:
    """By title, by count, and when they are sent again (9)."""
    _proposed(small)
    kohyo.rollover(small.root, now=LATER, anyway=True)
    kohyo.distribute(small.root)
    _proposed(small)
    plan, register = _plan(small), _register(small)
    assert [entry.year for entry in register.submissions] == [2030, 2031]
    assert len({entry.id for entry in register.submissions}) == 2
    lists = [table for table in proposal_tables(plan, register) if table.name.startswith("提案一覧")]
    kinds = [(table.name, [row["kind"] for row in table.records]) for table in lists]
    assert ("提案一覧", ["令和14年度の新しい取組"]) in kinds
    assert ("提案一覧（令和12年度）", ["令和13年度の新しい取組"]) in kinds
    assert kohyo.verify(small.root).findings == ()


def test_a_register_without_years_is_given_them() -> None:
    """By how often the year was rolled over since it came; what came before everything is of the first year (9)."""
    told = ["R", "P1", "R", "P2", "R", "P3"]
    kinds = {"R": ChangeKind.ROLLED}
    changes = [
        Change(NOW + timedelta(days=day), kinds.get(name, ChangeKind.SUBMITTED), name, "", "", None, None)
        for day, name in enumerate(told)
    ]
    entries = tuple(Submission(name, "idea", "", {}, Place(), "", NOW) for name in ("P0", "P1", "P2", "P3"))
    dated = with_years(Register(submissions=entries), changes, 2033)
    assert [entry.year for entry in dated.submissions] == [2030, 2031, 2032, 2033]
    assert with_years(dated, (), 2040) == dated
