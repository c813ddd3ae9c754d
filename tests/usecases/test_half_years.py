"""A town that surveys twice a year (上半期・年度末), by its definition alone, and then a rollover.

1. Each survey has its own forms, days and control numbers, and asks what is its own; what it shows cannot be filled.
2. Commands know the survey by the day and by what went out, or by the name that somebody gives.
3. What came back belongs to the survey of its form: a deadline that is moved counts nothing for the next one, a return
   that comes late still answers its own, and what is mended in one leaves the answers of the other as they are.
4. The register holds what both said, every cell justified; 回収 tells the survey of every file and every one missing.
5. The next year begins with the first survey again, its days a year later.
6. What is still out from an earlier survey is named by its name, and so is a deadline that the forms do not tell.
7. In whatever order and in however many runs the returns of both surveys come, the register is the same.
8. A definition whose surveys contradict themselves is told where; a name that no survey bears is refused.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kohyo
from kohyo.definition.carry_over import carried_over
from kohyo.definition.checks import contradictions
from kohyo.definition.surveys import left_out, survey_plan, survey_to_send
from kohyo.errors import UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.book_sheet import RECEIPTS
from kohyo.excel.register_book.register_columns import read_sheets
from kohyo.excel.register_book.row_columns import Column
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import FieldRule
from kohyo.model.plan_years import Survey
from kohyo.model.register import Receipt, Register
from kohyo.model.submission_status import State
from kohyo.returns.in_survey import narrowed
from kohyo.usecases.define_lines import effect_lines
from kohyo.usecases.issue_form import issue_for
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from tests.usecases.small import COMPLETE, LIST, Small, made_up_plan, numbers_in, opened, tab_of, type_into

SPRING, WINTER = datetime(2030, 6, 3, 9), datetime(2031, 1, 20, 9)  # noqa: DTZ001 - the register knows no time zones
FIRST, SECOND = "上半期", "年度末"
DEPARTMENTS = ("企画財政局", "市民局", "東区役所", "西区役所", "上下水道局")
LATE = DEPARTMENTS[-1]
IN_SPRING = {**COMPLETE, "done_first": "窓口を直した。"}
IN_WINTER = {"done_second": "予約を始めた。", "next_step": "続ける", "state": "遅れ"}


def half_yearly() -> Plan:
    """Return the made-up plan with two surveys a year."""
    plan = made_up_plan()
    surveys = (
        Survey(key="first", name=FIRST, issued=date(2030, 5, 7), closes=date(2030, 6, 28)),
        Survey(
            key="second",
            name=SECOND,
            issued=date(2031, 1, 15),
            closes=date(2031, 2, 14),
            sheets=("card",),
            asks=("state", "ratio"),
            shows=("overview", "schedule"),
        ),
    )
    own = {"nature": "year", "type": "multiline", "group": "work", "sheets": ("card",), "required": True}
    fields = tuple(
        rule.model_copy(update={"surveys": ("second",)}) if rule.name == "next_step" else rule for rule in plan.fields
    )
    done = tuple(
        FieldRule.model_validate({**own, "name": f"done_{key}", "label": f"{name}の実績", "surveys": (key,)})
        for key, name in (("first", FIRST), ("second", SECOND))
    )
    return plan.model_copy(update={"surveys": surveys, "fields": (*fields, *done)})


@dataclass(frozen=True)
class Town:
    """The town's workspace."""

    workspace: Workspace

    @property
    def root(self) -> Path:
        """The folder."""
        return self.workspace.root

    @property
    def register(self) -> Register:
        """What the register holds."""
        plan = read_definition(self.workspace.definition)
        return load_register(self.workspace.register, plan, backups=self.workspace.backups).register

    def form(self, department: str, survey: str) -> Path:
        """Return the form of a survey that went out to a department."""
        return self.workspace.forms / f"調査票_{survey}_{department}.xlsx"

    def send(self, department: str, survey: str, typed: Mapping[str, object], source: Path | None = None) -> None:
        """Put a department's answer into 回収."""
        path = self.workspace.returns / f"{survey}_{department}_{'直し' if source else '回答'}.xlsx"
        shutil.copy(source or self.form(department, survey), path)
        with opened(path) as book:
            for number in numbers_in(book):
                type_into(book[tab_of(number)], typed)

    def states(self, survey: str = "") -> dict[str, State]:
        """Return where each department stands."""
        return {row.department: row.state for row in kohyo.status(self.root, WINTER.date(), survey).respondents}

    def outcomes(self, survey: str) -> dict[str, list[Outcome]]:
        """Return what 回収 tells of a survey, by department."""
        rows = [row for row in self.register.receipts if row.survey == survey]
        return {name: [row.outcome for row in rows if row.department == name] for name in DEPARTMENTS}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return the town's workspace, which knows its four items."""
    town = Town(workspace_for(tmp_path_factory.mktemp("halves") / "町", half_yearly()))
    listed = town.root / "一覧.tsv"
    rows = zip(LIST, (f"{SECOND}の実績", *("" for _ in LIST[2:]), "準備した。"), strict=True)
    listed.write_text("".join("\t".join((*row, done)) + "\n" for row, done in rows), encoding="utf-8")
    kohyo.import_items(town.root, listed, now=SPRING)
    return town


def _labels(form: Path) -> set[str]:
    book = openpyxl.load_workbook(form)
    return {str(cell.value).rstrip("＊ ") for cell in book[tab_of("1-1")]["A"] if cell.value}


def _first_half(town: Town) -> None:
    """Send the forms of the first survey out, and let all but one come back (1, 2)."""
    assert kohyo.next_steps(town.root, SPRING.date()).steps[0].fields["form"] == f"照会票（{FIRST}）"
    sent = kohyo.distribute(town.root, now=SPRING)
    assert (sent.survey, sent.deadline) == (FIRST, date(2030, 6, 28))
    labels = _labels(town.form(DEPARTMENTS[0], FIRST))
    assert f"{FIRST}の実績" in labels
    assert not labels & {f"{SECOND}の実績", "来年度の扱い"}
    for name in DEPARTMENTS[:-1]:
        town.send(name, FIRST, IN_SPRING)
    done = kohyo.consolidate(town.root, now=SPRING)
    assert (done.missing, done.sent_back) == ((LATE,), ())
    assert town.states() == {**dict.fromkeys(DEPARTMENTS, State.ACCEPTED), LATE: State.MISSING}


def _move_deadline(town: Town) -> None:
    """Move the first deadline behind the second survey's first day, in Excel (3, 6)."""
    with opened(town.workspace.definition) as book:
        sheet = book["調査の回"]
        columns = {cell.value: cell.column or 0 for cell in sheet[2]}
        sheet.cell(3, columns["締切"]).value = datetime(2031, 1, 31)  # noqa: DTZ001
    moved = (f"照会票（{FIRST}）", date(2030, 6, 28), date(2031, 1, 31))
    told = kohyo.define(town.root, now=SPRING, check=True)
    assert [(entry.form, entry.sent, entry.defined) for entry in told.moved] == [moved]
    assert any("配った調査票では令和12年6月28日、計画定義では令和13年1月31日" in line for line in effect_lines(told))
    seen = kohyo.status(town.root, WINTER.date())
    assert [(entry.form, entry.sent, entry.defined) for entry in seen.moved] == [moved]
    assert [row.overdue for row in seen.respondents] == [row.department == LATE for row in seen.respondents]


def _second_half(town: Town) -> None:
    """Send the second forms out: nothing that came in spring counts for them (1, 2, 3, 6)."""
    with pytest.raises(UsageError, match=SECOND):
        kohyo.rollover(town.root, now=WINTER)
    steps = kohyo.next_steps(town.root, WINTER.date()).steps
    assert f"照会票（{SECOND}）" in [step.fields.get("form") for step in steps]
    sent = kohyo.distribute(town.root, now=WINTER)
    assert (sent.survey, sent.deadline, sent.departments) == (SECOND, date(2031, 2, 14), DEPARTMENTS)
    assert town.form(LATE, FIRST).exists()
    assert kohyo.verify(town.root).findings == (), "what a list brought is nobody's answer"
    book = openpyxl.load_workbook(town.form(DEPARTMENTS[0], SECOND))
    assert not [tab for tab in book.sheetnames if "新規" in tab or "声" in tab]
    labels = _labels(town.form(DEPARTMENTS[0], SECOND))
    assert {f"{SECOND}の実績", "来年度の扱い", "取組の内容", "進み具合"} <= labels
    assert not labels & {f"{FIRST}の実績", "令和12年度の削減額"}
    assert town.states() == dict.fromkeys(DEPARTMENTS, State.MISSING)
    (out,) = kohyo.status(town.root, WINTER.date()).earlier
    assert (out.survey, out.departments, out.overdue) == (FIRST, (LATE,), True)
    (first, *_) = kohyo.next_steps(town.root, WINTER.date()).steps
    assert (first.key, first.survey, first.fields["first"]) == ("remind_earlier", FIRST, LATE)
    assert town.states(FIRST)[DEPARTMENTS[0]] is State.ACCEPTED


def _letters(town: Town) -> None:
    """Write the letters: they name the survey that is under way, or the one that is asked for (2)."""
    done = kohyo.make_papers(town.root, ("調査依頼文", "督促文"), today=date(2031, 2, 17))
    told = {path.name: path.read_text(encoding="utf-8-sig") for path in done.written if path.suffix == ".txt"}
    letters = {name: text for name, text in told.items() if DEPARTMENTS[0] in name}
    assert len(letters) == 2
    for text in letters.values():
        assert f"照会票（{SECOND}）" in text
        assert "令和13年2月14日" in text
    first = kohyo.make_papers(town.root, ("督促文",), today=date(2031, 2, 17), survey=FIRST)
    assert {path.stem for path in first.written if path.suffix == ".txt"} == {f"督促文_{FIRST}_{LATE}_2031-02-17"}


def _winter_returns(town: Town) -> None:
    """Let one of the returns be wrong: that asks nothing of spring, and spring's answers stand (3, 4)."""
    for name in DEPARTMENTS[1:]:
        town.send(name, SECOND, IN_WINTER)
    town.send(DEPARTMENTS[0], SECOND, {**IN_WINTER, "next_step": "どうしよう"})
    done = kohyo.consolidate(town.root, now=WINTER)
    assert (done.missing, len(done.sent_back)) == ((), 1)
    assert town.outcomes(SECOND)[DEPARTMENTS[0]] == [Outcome.SENT_BACK]
    assert town.outcomes(FIRST) == {**{name: [Outcome.ACCEPTED] for name in DEPARTMENTS}, LATE: [Outcome.MISSING]}
    town.send(DEPARTMENTS[0], SECOND, IN_WINTER, done.sent_back[0])
    town.send(LATE, FIRST, IN_SPRING)
    kohyo.consolidate(town.root, now=WINTER)
    assert town.outcomes(FIRST) == {name: [Outcome.ACCEPTED] for name in DEPARTMENTS}
    assert town.states() == dict.fromkeys(DEPARTMENTS, State.ACCEPTED)
    assert town.states(FIRST) == dict.fromkeys(DEPARTMENTS, State.ACCEPTED)


def test_two_surveys_and_a_rollover(town: Town) -> None:
    """A year of two surveys, and the first of the next one (1, 2, 3, 4, 5)."""
    _first_half(town)
    _move_deadline(town)
    _second_half(town)
    _letters(town)
    _winter_returns(town)
    for item in town.register.current:
        told = [item.text(name) for name in ("done_first", "done_second", "next_step", "state")]
        assert told == ["窓口を直した。", "予約を始めた。", "続ける", "遅れ"]
    assert len(town.register.contributions) > len(town.register.current)
    for row in town.register.contributions:
        assert (row.values["done_first"], row.values["state"]) == ("窓口を直した。", "遅れ")
    assert kohyo.verify(town.root).findings == ()
    rolled = kohyo.rollover(town.root, now=datetime(2031, 4, 1, 9))  # noqa: DTZ001
    assert [(entry.issued, entry.closes) for entry in rolled.plan.surveys] == [
        (date(2031, 5, 7), date(2032, 1, 31)),
        (date(2032, 1, 15), date(2032, 2, 14)),
    ]
    assert {item.text("done_first") + item.text("done_second") for item in town.register.current} == {""}
    assert kohyo.verify(town.root).findings == ()
    again = kohyo.distribute(town.root, now=datetime(2031, 5, 8, 9))  # noqa: DTZ001
    assert (again.survey, again.deadline) == (FIRST, date(2032, 1, 31))


def test_rounds_begin_within_the_year(small: Small) -> None:
    """What went out before the year had surveys still stands, and is out until it comes (3, 6)."""
    small.send("東区役所")
    small.consolidate()
    with opened(small.workspace.definition) as book:
        book["調査の回"].append(("end", SECOND, datetime(2031, 2, 3), datetime(2031, 2, 28)))  # noqa: DTZ001 - days
    spring = kohyo.status(small.root, SPRING.date())
    assert (spring.survey, spring.counts) == ("", {State.MISSING: 4, State.ACCEPTED: 1})
    kohyo.distribute(small.root, now=datetime(2031, 2, 3, 9))  # noqa: DTZ001
    winter = kohyo.status(small.root, date(2031, 2, 3))
    assert (winter.survey, winter.counts) == (SECOND, {State.MISSING: 5})
    (out,) = winter.earlier
    assert set(out.departments) == {*DEPARTMENTS} - {"東区役所"}
    assert kohyo.status(small.root, SPRING.date(), out.survey).counts == spring.counts
    with pytest.raises(UsageError, match="市民局"):
        kohyo.rollover(small.root, now=WINTER)


def test_a_round_that_was_left_out_is_named() -> None:
    """One whose day has come and behind which another went out is not forgotten, nor sent by itself (2, 6)."""
    plan = half_yearly()
    first, second = plan.surveys
    behind = first.model_copy(update={"issued": date(2031, 3, 1), "closes": date(2031, 3, 20)})
    moved = plan.model_copy(update={"surveys": (behind, second)})
    day = WINTER.date()
    assert [entry.key for entry in left_out(moved, {"first"}, day)] == ["second"]
    assert left_out(moved, {"first"}, date(2031, 1, 14)) == left_out(moved, {"first", "second"}, day) == ()
    assert left_out(plan, set(), day) == left_out(plan, {"first"}, day) == ()
    assert survey_to_send(moved, {"first"}, day) == "first"


def test_rounds_are_given_up_within_the_year() -> None:
    """The register keeps its column; a form of the whole year that goes out then is answered by itself alone (3, 4)."""
    plan = half_yearly()
    given_up = carried_over(plan.model_copy(update={"surveys": ()}), plan)
    (receipts,) = [sheet for sheet in read_sheets(given_up) if sheet.key == RECEIPTS]
    assert Column.SURVEY in [column.name for column in receipts.columns]
    respondent = plan.departments[0]
    of_first = issue_for(survey_plan(plan, "first"), respondent, (), 1)
    whole = issue_for(given_up, respondent, (), 2)
    register = Register(receipts=(Receipt(respondent.name, Outcome.ACCEPTED, of_first.control, 1, "a.xlsx"),))
    alone, both = {of_first.control: of_first}, {of_first.control: of_first, whole.control: whole}
    assert narrowed(given_up, register, alone, "")[1:] == (register, alone)
    assert narrowed(given_up, register, both, "")[1:] == (Register(), {whole.control: whole})


@pytest.fixture(scope="module")
def both_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """Return a workspace from which the forms of both surveys went out, and returns that contradict one another."""
    town = Town(workspace_for(tmp_path_factory.mktemp("orders") / "町", half_yearly()))
    listed = town.root / "一覧.tsv"
    listed.write_text("".join("\t".join(row) + "\n" for row in LIST), encoding="utf-8")
    kohyo.import_items(town.root, listed, now=SPRING)
    kohyo.distribute(town.root, now=SPRING)
    kohyo.distribute(town.root, now=WINTER)
    folder = tmp_path_factory.mktemp("sent")
    paths: list[Path] = []
    for name, survey, typed in (
        (DEPARTMENTS[0], FIRST, IN_SPRING),
        (DEPARTMENTS[0], SECOND, IN_WINTER),
        (DEPARTMENTS[1], FIRST, {**IN_SPRING, "overview": "こうしたい。", "tick_online": "○"}),
        (DEPARTMENTS[1], SECOND, {**IN_WINTER, "state": "順調"}),
        (DEPARTMENTS[1], SECOND, {**IN_WINTER, "state": "やや遅れ"}),
        (LATE, FIRST, {**IN_SPRING, "overview": "別の考え。"}),
    ):
        paths.append(folder / f"{len(paths)}_{survey}_{name}.xlsx")
        shutil.copy(town.form(name, survey), paths[-1])
        with opened(paths[-1]) as book:
            for number in numbers_in(book):
                type_into(book[tab_of(number)], typed)
    return town.root, paths


def _told(register: Register) -> tuple[object, ...]:
    """Return all that a register says, without moments and the places of its rows."""
    items = [{name: value for name, value in item.values.items() if value is not None} for item in register.items]
    asked = {
        (row.item, row.field, row.kind, row.ours, row.theirs, row.department, row.whose, row.agreed, row.silent)
        for row in register.conflicts
    }
    came = {(row.department, row.survey, row.sha256, row.outcome, row.round) for row in register.receipts}
    own = {(row.item, row.department): row.values for row in register.contributions}
    return items, own, asked, came


def _in_runs(root: Path, target: Path, runs: list[list[Path]]) -> tuple[object, ...]:
    town = Town(Workspace(shutil.copytree(root, target)))
    for number, run in enumerate(runs):
        for path in run:
            shutil.copy(path, town.workspace.returns)
        kohyo.consolidate(town.root, now=WINTER + timedelta(hours=number))
    assert kohyo.consolidate(town.root, now=WINTER + timedelta(days=1)).changes == 0
    assert kohyo.verify(town.root).findings == ()
    return _told(town.register)


@pytest.fixture(scope="module")
def at_once(both_out: tuple[Path, list[Path]], tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    """Return what the register says when all returns come at once."""
    root, paths = both_out
    return _in_runs(root, tmp_path_factory.mktemp("once") / "町", [paths])


@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_of_two_surveys(
    both_out: tuple[Path, list[Path]], at_once: tuple[object, ...], tmp_path: Path, data: st.DataObject
) -> None:
    """Spring's returns after winter's, one by one or at once: the register is the one that they make together (7)."""
    root, paths = both_out
    order = data.draw(st.permutations(paths))
    ends = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=3)))
    runs = [order[start:end] for start, end in zip([0, *ends], [*ends, len(order)], strict=True)]
    assert _in_runs(root, tmp_path / f"{uuid4()}", runs) == at_once


def test_returns_of_two_surveys_contradict(at_once: tuple[object, ...]) -> None:
    """What is compared holds questions: a department that does not lead, and two files of one survey (7)."""
    assert at_once[2]


def test_a_survey_by_its_name(town: Town) -> None:
    """A name that no survey of the year bears is refused, with those that there are (8)."""
    with pytest.raises(UsageError, match=f"{FIRST}、{SECOND}"):
        kohyo.status(town.root, survey="第三四半期")


def test_a_plan_of_one_survey_has_no_others(small_origin: Path) -> None:
    """Where the year has one survey, no name is known (8)."""
    with pytest.raises(UsageError, match="一年に一回"):
        kohyo.distribute(small_origin, survey=FIRST)


def test_contradictions() -> None:
    """Unknown names, days that end before they begin and a structural field of one survey are told (8)."""
    plan = half_yearly()
    first, second = plan.surveys
    broken = (
        first.model_copy(update={"issued": date(2031, 3, 1), "closes": date(2031, 2, 1), "shows": ("nothing",)}),
        second.model_copy(update={"asks": ("state", "gone"), "name": FIRST}),
    )
    fields = tuple(
        rule.model_copy(update={"surveys": ("third",)}) if rule.name == "title" else rule for rule in plan.fields
    )
    found = {
        (problem.loc, problem.key)
        for problem in contradictions(plan.model_copy(update={"surveys": broken, "fields": fields}))
    }
    title = next(place for place, rule in enumerate(fields) if rule.name == "title")
    assert found == {
        (("surveys", 0, "shows"), "contradiction.unknown"),
        (("surveys", 0, "closes"), "contradiction.dates"),
        (("surveys", 1, "asks"), "contradiction.unknown"),
        (("surveys", 1, "name"), "contradiction.repeated"),
        (("fields", title, "surveys"), "contradiction.unknown"),
        (("fields", title, "surveys"), "contradiction.structural_survey"),
    }


def test_a_view_of_a_view_is_itself() -> None:
    """The plan as a survey asks it is made once; a plan without the survey stays as it is (1)."""
    plan = half_yearly()
    view = survey_plan(plan, "second")
    assert survey_plan(view, "first") is view
    assert survey_plan(half_yearly(), "second") is view
    assert survey_plan(made_up_plan(), "second") == made_up_plan()
