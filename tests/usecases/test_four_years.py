"""The plan's four years (令和6–9年度), on made-up answers: numbers, years, ends and beginnings.

1. The draft of November becomes 令和6年度: numbers change by the plan's crosswalk, one item its goal.
2. What a department wants to end (廃止・統合) at the year's end waits in a sheet of its own; what is decided needs a
   reason, a merged item what it becomes part of; one that is declined stays. The decision ends the item with the year.
3. What ended goes out no more and keeps what it was; the comparison calls it abolished, with year and reason.
4. What was adopted as new begins in its year, with that year's number.
5. The last year verifies: its form shows what R6 to R8 planned and brought beside what is asked of their effect, and
   nothing else; a table of its own tells all of it, and its schedule has its days. A plan in its column is asked about.
6. A year that is over is shown as it was: what ended since stands in its table, what began later does not. The form of
   what began later asks nothing of the years before.
7. What the office wrote and did not apply is taken up by the rollover; in the last year, which has none, by the version
   that is frozen once nothing is open.
8. Each year ends in a version of its own; after the last there is no next. After every step every cell of the register
   is justified, and a rollover can be taken back.
9. What the committee is told in February is the plan with which the next year begins.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.definition.demo import demo_sent, demo_values
from kohyo.definition.fields import field_named
from kohyo.definition.seed import shipped_list
from kohyo.errors import UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.register_book import load_register
from kohyo.messages import section
from kohyo.model.comparison import Difference
from kohyo.model.item import Item, Standing
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.returns.doubts import is_plan_of_verification
from kohyo.usecases.new import new_workspace
from kohyo.workspace import transaction
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.versions import registers_of_past
from tests.findings.stage import put
from tests.golden import facts

START = datetime(2024, 6, 20, 9)  # noqa: DTZ001 - the register knows no time zones
YEAR = timedelta(days=365)
FEW = 6


@dataclass(frozen=True)
class Story:
    """A workspace on Setagaya's plan with the first few items of its list."""

    workspace: Workspace

    @property
    def root(self) -> Path:
        """The folder."""
        return self.workspace.root

    @property
    def plan(self) -> Plan:
        """The definition as it is now."""
        return _read(self.workspace.definition, self.workspace.definition.read_bytes())

    @property
    def register(self) -> Register:
        """What the register holds."""
        return load_register(self.workspace.register, self.plan, backups=self.workspace.backups).register

    @property
    def now(self) -> datetime:
        """A day in the survey's year."""
        return START + (self.plan.cycle.year - 2024) * YEAR

    def survey(self, said: Mapping[str, Mapping[str, FieldValue]], new: Mapping[str, FieldValue] | None = None) -> None:
        """Send the forms out and let every department answer: what is made up, and ``said`` by item number.

        ``new`` is proposed for the next year by the first department.
        """
        kohyo.distribute(self.root)
        plan, register = self.plan, self.register
        issues = [issue for issue in load_bases(self.workspace).values() if not plan.open_form(issue.department)]
        for place, issue in enumerate(issues):
            sheets = []
            for sheet in issue.sheets:
                item = register.item(sheet.item) if sheet.item else None
                values = {**sheet.values}
                if item:
                    values |= {**demo_values(plan, item, issue.department), **said.get(str(item.number), {})}
                elif new and not place and sheet.kind == "proposal":
                    values |= new
                sheets.append(replace(sheet, values=values))
            path = self.workspace.returns / f"{issue.department}.xlsx"
            write_form(path, plan, replace(issue, sheets=tuple(sheets)), plan.cycle.closes)
        assert kohyo.consolidate(self.root, now=self.now).findings == ()
        self.verified()

    def verified(self) -> None:
        """Prove that every cell is justified."""
        assert kohyo.verify(self.root).findings == ()

    def decide(self, sheet: str, row: int, **columns: object) -> None:
        """Write into the register as the office does."""
        put(self.workspace.register, sheet, row, **columns)

    def rollover(self) -> kohyo.usecases.rollover.RolledOver:
        """Open the next year."""
        rolled = kohyo.rollover(self.root, now=self.now)
        self.verified()
        return rolled

    def numbers(self) -> list[str]:
        """Return the numbers of the items in force."""
        return [str(item.number) for item in self.register.current]


@cache
def _read(path: Path, _content: bytes) -> Plan:
    """Return the definition of a workbook with this content."""
    return read_definition(path)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Return the workspace with its few items."""
    root = tmp_path_factory.mktemp("four") / "作業"
    story = Story(new_workspace(root))
    lines = ["\t".join(row) for row in list(shipped_list("setagaya-r6"))[: FEW + 1]]
    path = root / "一覧.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kohyo.import_items(root, path, now=START)
    return story


def _cut_off(*_args: object) -> None:
    raise KeyboardInterrupt


def _cut_off_and_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> kohyo.usecases.rollover.RolledOver:
    """Roll over and be cut off, then do it once more."""
    with monkeypatch.context() as patch:
        patch.setattr(transaction, "carry_out", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            story.rollover()
    return story.rollover()


def _from_the_draft(story: Story) -> None:
    """Give the draft's items the numbers of 令和6年度, as the plan's own crosswalk has them (1)."""
    kohyo.freeze(story.root, "素案", now=START)
    pairs = [pair for pair in facts("crosswalk") if pair[0] in story.numbers()]
    path = story.root / "番号対照.json"
    path.write_text(json.dumps({"crosswalk": pairs}), encoding="utf-8")
    assert kohyo.renumber(story.root, path, apply=True, version="令和6年度", now=START).applied
    moved = {item.text("old_number"): str(item.number) for item in story.register.current if item.text("old_number")}
    assert (story.plan.plan.version, moved) == ("令和6年度", {"1-3": "1-24", "1-5": "5-2"})
    counts = kohyo.diff(story.root, "素案", now=START).counts
    assert dict(counts) == {Difference.RENUMBERED: 2, Difference.REGOALED: 1}
    story.verified()


def _compared(story: Story, version: str, merged: str) -> None:
    """Look at what the comparison says of what ended: year and reason, also of what was merged (3)."""
    found = kohyo.diff(story.root, version, now=story.now)
    assert dict(found.counts) == {Difference.ABOLISHED: 1, Difference.MERGED: 1, Difference.ADDED: 1}
    assert found.book is not None
    remarks = {str(cell.value) for row in openpyxl.load_workbook(found.book).worksheets[0] for cell in row}
    assert any("令和6年度末まで。事業を終えた。" in text for text in remarks)
    assert f"{merged}は令和6年度末まで。まとめた。" in remarks


def _verification(story: Story) -> None:
    """Look at the year of verification: its form, what came of it, its table and its schedule (5)."""
    plan, register = story.plan, story.register
    (form, *_) = (issue for issue in load_bases(story.workspace).values() if not plan.open_form(issue.department))
    assert (form.survey, form.deadline) == ("verification", date(2027, 6, 14))
    assert {sheet.kind for sheet in form.sheets} == {"item"}
    sheet = form.sheets[0]
    for year in (2024, 2025, 2026):
        (known,) = (found for found in registers_of_past(story.workspace, plan)[year].items if found.id == sheet.item)
        assert sheet.values[f"progress_of_{year}"] == known.values["progress"]
        assert known.values["progress"]
        assert sheet.values[f"plan_{year}"]
    assert not {"direction", "plan_2027", "situation"} & sheet.values.keys()
    book = openpyxl.load_workbook(story.workspace.forms / f"調査票_効果検証_{form.department}.xlsx")
    steps = [str(cell.value) for cell in book.worksheets[0]["B"]]
    about = section("form")["cover"]["steps_need"]
    assert [sum(step.startswith(begins) for step in section("form")["cover"]["steps"]) for begins in about] == [1, 1]
    assert not [step for step in steps if step.startswith(tuple(about))]
    labels = [str(cell.value).rstrip(" ＊") for cell in book[sheet.tab]["A"] if cell.value]
    assert [label for label in labels if label.startswith("進捗")] == [f"進捗：令和{era}年度" for era in (6, 7, 8)]
    assert labels.index("効果検証") > labels.index("令和8年度の経過") > labels.index("令和6年度の経過")
    assert {"達成状況", "検証（効果とその理由）", "分かったこと・残る課題", "引継ぎ先"} <= set(labels)
    for item in register.current:
        assert item.text("attainment") in plan.choice_values("attainment")
        assert item.text("evaluation")
    made = kohyo.make_tables(story.root, ("効果検証一覧", "スケジュール"))
    assert [path.stem for path in made.books] == ["効果検証一覧", "スケジュール"]
    data = story.workspace.data
    records = json.loads((data / "効果検証一覧.json").read_text(encoding="utf-8"))["data"]
    assert [record["number"] for record in records] == [
        str(number) for number in sorted(item.number for item in register.current)
    ]
    first = next(record for record in records if record["number"] == sheet.values["number"])
    assert (first["progress_of_2025"], first["attainment"]) == (
        sheet.values["progress_of_2025"],
        register.item(sheet.item or "").values["attainment"],  # type: ignore[union-attr]
    )
    schedule = (data / "スケジュール.csv").read_text(encoding="utf-8-sig")
    assert "効果検証" in schedule
    assert "修正計画" not in schedule


def test_a_plan_in_the_year_of_verification_is_asked_about(plan: Plan) -> None:
    """What speaks of verifying is none; another year's text, and one that goes on planning, are (5)."""
    field = field_named(plan, "plan_2027")
    assert is_plan_of_verification(plan, field, "引き続き、窓口を増やす。")
    assert not is_plan_of_verification(plan, field, "窓口の待ち時間を、開始前と比べる。")
    assert not is_plan_of_verification(plan, field, None)
    assert not is_plan_of_verification(plan, field_named(plan, "plan_2026"), "窓口を増やす。")


def _own_row(story: Story, number: str, year: int) -> None:
    """Let the office end an item of its own accord, and apply nothing."""
    (item,) = (item for item in story.register.current if str(item.number) == number)
    row = {
        "ID": f"{item.id}-{year}",
        "年度": year,
        "項目ID": item.id,
        "申出": "完了",
        "採用": "採用",
        "理由": "終えた。",
    }
    story.decide("廃止・完了・統合", len(story.register.endings) + 2, **row)


def _years_that_are_over(story: Story, gone: str, begun: str) -> None:
    """Look at the tables of years before, made in the last, and at the form of what began in the second (6)."""
    kohyo.make_tables(story.root, "年度別個票")
    data = story.workspace.data
    held = {
        era: [row["number"] for row in json.loads((data / f"令和{era}年度個票.json").read_text("utf-8"))["data"]]
        for era in (6, 7, 8, 9)
    }
    assert [gone in held[era] for era in held] == [True, False, False, False]
    assert [begun in held[era] for era in held] == [False, True, True, True]
    assert [len(numbers) for numbers in held.values()] == [FEW, FEW - 1, FEW - 2, FEW - 2]
    sheets = [sheet for issue in load_bases(story.workspace).values() for sheet in issue.sheets]
    (outside,) = (sheet.outside for sheet in sheets if sheet.values.get("number") == begun)
    assert {"plan_2024", "result_of_2024"} <= outside.keys()
    assert not [name for name in outside if "2025" in name]


def _end_of_the_plan(story: Story) -> None:
    """End an item with the plan itself: the version holds it, the register no more (7)."""
    last = story.numbers()[0]
    _own_row(story, last, 2027)
    assert kohyo.resolve(story.root, now=story.now).last_year
    assert last in story.numbers()
    frozen = kohyo.freeze(story.root, "令和9年度", now=story.now)
    assert (frozen.open, frozen.ended) == ((), (last,))
    assert last not in story.numbers()
    assert frozen.items == len(story.numbers()) + 1
    story.verified()
    kohyo.make_tables(story.root, "効果検証一覧")
    told = json.loads((story.workspace.data / "効果検証一覧.json").read_text(encoding="utf-8"))["data"]
    assert last in [record["number"] for record in told]


def _years_after(story: Story, ended: Item) -> None:
    """Survey the years that follow: what ended goes out no more (3), what is only written ends with the year (7)."""
    for year in (2025, 2026, 2027):
        assert story.plan.cycle.year == year
        story.survey({})
        sheets = {sheet.item for issue in load_bases(story.workspace).values() for sheet in issue.sheets}
        assert ended.id not in sheets
        if year == 2025:
            finished = story.numbers()[2]
            _own_row(story, finished, year)
        if year < 2027:
            assert story.plan.surveys[0].issued == date(2027, 4, 19)
            assert story.rollover().ended == ((finished,) if year == 2025 else ())


def _revised_plan(story: Story, ending: tuple[str, ...]) -> None:
    """Report to the committee in February what the next year begins with: what ends, and what is adopted for it (9)."""
    name = "常任委員会報告（修正計画）"
    done = kohyo.make_papers(story.root, [name], since="素案", today=date(2025, 2, 5))
    (said,) = (path.read_text(encoding="utf-8-sig") for path in done.written if path.suffix == ".txt")
    for number in ending:
        title = next(item.title for item in story.register.items if str(item.number) == number)
        assert title in said
    assert "夜間の窓口" in said
    assert "追加 1件、統合 1件、廃止 1件" in said
    assert story.numbers()[:2] == [*ending]


def test_four_years(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the draft to the year of verification; a rollover cut off tells the same in the end (1 to 9)."""
    _from_the_draft(story)
    first = story.numbers()
    assert len(first) == FEW
    gone, merged, kept, into = first[:4]
    wants = {gone: {"direction": "廃止"}, merged: {"direction": "統合"}, kept: {"direction": "完了"}}
    new = {**demo_sent(story.plan, "addition", 7), "title": "夜間の窓口"}
    story.survey(wants, new)
    endings = story.register.endings
    assert [(row.year, row.standing) for row in endings] == [
        (2024, Standing.ABOLISHED),
        (2024, Standing.MERGED),
        (2024, Standing.COMPLETED),
    ]
    with pytest.raises(UsageError) as refused:
        kohyo.rollover(story.root, now=story.now)
    assert refused.value.key in ("still_open", "rollover_conflicts")
    asked = kohyo.next_steps(story.root, story.now.date()).steps
    assert ("endings", 3) in [(step.key, step.fields.get("count")) for step in asked]
    sheet = "廃止・完了・統合"
    story.decide(sheet, 2, 採用="採用", 理由="事業を終えた。")
    story.decide(sheet, 3, 採用="採用", 理由="まとめた。")
    story.decide(sheet, 4, 採用="不採用")
    half = kohyo.resolve(story.root, now=story.now)
    assert [(found.code, found.field) for found in half.findings if found.code == "K550"] == [("K550", "統合先")]
    assert (half.endings_decided, half.endings_waiting) == (2, 1)
    story.decide(sheet, 3, 統合先=into)
    story.decide("提案", 2, 採用="採用")
    assert kohyo.resolve(story.root, now=story.now).endings_waiting == 0
    assert story.numbers() == first
    story.verified()
    _revised_plan(story, (gone, merged))
    rolled = story.rollover()
    assert (rolled.ended, len(rolled.begun)) == ((gone, merged), 1)
    kohyo.undo(story.root, now=story.now)
    assert (story.numbers(), story.plan.cycle.year) == (first, 2024)
    story.verified()
    again = _cut_off_and_again(story, monkeypatch)
    assert replace(again, saved=rolled.saved) == rolled
    assert story.numbers() == [*first[2:], *rolled.begun]
    ended = next(item for item in story.register.items if str(item.number) == gone)
    assert (ended.standing, ended.text("direction")) == (Standing.ABOLISHED, "廃止")
    _compared(story, rolled.version, merged)
    _years_after(story, ended)
    _verification(story)
    _years_that_are_over(story, gone, rolled.begun[0])
    with pytest.raises(UsageError) as over:
        kohyo.rollover(story.root, now=story.now)
    assert over.value.key == "no_next_year"
    _end_of_the_plan(story)
