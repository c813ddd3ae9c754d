"""The register after edits by hand, and what it cannot hold (K501 to K531, K545)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import kohyo
from kohyo.definition.load import shipped
from kohyo.excel.register_book.register_load import load_register
from kohyo.model.finding import Finding
from kohyo.model.item import Standing
from kohyo.model.register import Adoption, Ending
from kohyo.register.endings import decide_endings
from tests.excel.register_book.register_samples import change, new_register, sample_register
from tests.findings.stage import Findings, Ground, provokes, put
from tests.usecases.small import NOW, Small

_LATER = NOW + timedelta(days=1)


@provokes("K501", "K502")
def what_stops_saving(ground: Ground) -> Findings:
    """Audit a register without one of its sheets and one of its columns."""
    small = _answered(ground)
    put(small.workspace.register, "項目", 1, 取組の内容="あらまし")
    with small.by_hand() as book:
        book.remove(book["回収"])
    return kohyo.audit(small.root).findings


def _answered(ground: Ground) -> Small:
    """Return a workspace with a conflict, a proposal and a history."""
    small = ground.small()
    put(small.workspace.register, "項目", 2, 取組の内容="台帳の文")
    small.send("企画財政局", {"1-1": {"overview": "回答の文"}})
    small.consolidate()
    return small


@provokes(
    "K504", "K505", "K506", "K507", "K508", "K509", "K511", "K515", "K516", "K518", "K524", "K525", "K526", "K531"
)
def what_was_typed_into_the_register(ground: Ground) -> Findings:
    """Audit a register with a slip of each kind."""
    small = _answered(ground)
    register = small.workspace.register
    put(register, "項目", 2, 取組名="#N/A", 進み具合="まあまあ", 担当局="未来局")
    put(register, "項目", 3, 取組名="=B2&C2", 目標=9, 元の項目="9-9")
    put(register, "項目", 4, ID=None)
    put(register, "項目", 5, ID="K0001")
    put(register, "項目", 6, 取組番号="1-8", 取組名="手で加えた項目")
    put(register, "競合", 2, 項目ID="K0099", 採用="どちらも")
    with small.by_hand() as book:
        sheet = book["項目"]
        sheet.cell(1, sheet.max_column + 1).value = "取組名"
        book["体系表掲載"].append((1, "財源", 1, None, "使用料", "9-99"))
        book["変更履歴"].delete_rows(2)
    return kohyo.audit(small.root).findings


@provokes("K547")
def what_no_record_justifies(ground: Ground) -> Findings:
    """Verify a register into which somebody wrote behind kohyo's back."""
    small = _answered(ground)
    put(small.workspace.register, "項目", 3, 取組の内容="だれも言っていない文")
    return kohyo.verify(small.root).findings


@provokes("K510", "K512")
def rows_that_cannot_be_used(ground: Ground) -> Findings:
    """Audit a register with a proposal without ID and a deleted item."""
    small = ground.small()
    with small.by_hand() as book:
        book["項目"].delete_rows(4)
        book["市民の声"].append((None, None, "市民局", "使いやすい。"))
    return kohyo.audit(small.root).findings


@provokes("K548", "K549")
def rows_of_owners(ground: Ground) -> Findings:
    """Audit a register in which a row of 部別回答 was deleted and another copied."""
    small = _answered(ground)
    with small.by_hand() as book:
        rows = book["部別回答"]
        rows.append([cell.value for cell in rows[3]])
        rows.delete_rows(2)
    return kohyo.audit(small.root).findings


@provokes("K546")
def a_history_written_back(ground: Ground) -> Findings:
    """Resolve after a row of the history was deleted."""
    small = _answered(ground)
    with small.by_hand() as book:
        book["変更履歴"].delete_rows(2)
    return kohyo.resolve(small.root, now=_LATER).findings


def _exchanged(ground: Ground, heading: str, rows: tuple[int, ...]) -> Findings:
    """Audit a register in which the cells of a column went round among rows."""
    small = ground.small()
    with small.by_hand() as book:
        sheet = book["項目"]
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        values = [sheet.cell(row, column).value for row in rows]
        for row, value in zip(rows, [*values[1:], values[0]], strict=True):
            sheet.cell(row, column).value = value
    return kohyo.audit(small.root).findings


@provokes("K527")
def two_ids_exchanged(ground: Ground) -> Findings:
    """Audit a register in which two rows bear each other's ID."""
    return _exchanged(ground, "ID", (2, 3))


@provokes("K528")
def a_column_sorted_alone(ground: Ground) -> Findings:
    """Audit a register in which one column moved against the others."""
    return _exchanged(ground, "取組の内容", (2, 3, 4))


@provokes("K529")
def a_number_typed_twice(ground: Ground) -> Findings:
    """Audit a register in which an item got another's number."""
    small = ground.small()
    put(small.workspace.register, "項目", 5, 取組番号="1-1")
    return kohyo.audit(small.root).findings


@provokes("K530")
def numbers_exchanged(ground: Ground) -> Findings:
    """Audit a register in which two items have each other's number."""
    return _exchanged(ground, "取組番号", (3, 4))


@provokes("K545")
def titles_exchanged(ground: Ground) -> Findings:
    """Audit a register in which two items have each other's title."""
    return _exchanged(ground, "取組名", (3, 4))


@provokes("K519")
def a_register_that_waited(ground: Ground) -> Findings:
    """Resolve after a register that was open is closed again."""
    small = _answered(ground)
    small.decide(1, 採用="回答")
    mark = small.workspace.register.with_name("~$台帳.xlsx")
    mark.write_text("事務局", encoding="utf-8")
    kohyo.resolve(small.root, now=_LATER)
    mark.unlink()
    return kohyo.resolve(small.root, now=_LATER).findings


@provokes("K520")
def a_decision_changed_afterwards(ground: Ground) -> Findings:
    """Resolve once more after another decision was written over the first."""
    small = _answered(ground)
    small.decide(1, 採用="回答")
    kohyo.resolve(small.root, now=_LATER)
    small.decide(1, 採用="台帳")
    return kohyo.resolve(small.root, now=_LATER).findings


@provokes("K521")
def a_text_that_no_cell_can_hold(ground: Ground) -> Findings:
    """Consolidate an answer with more lines than a cell of the register takes."""
    small = ground.small()
    small.send("市民局", {"2-1": {"overview": "\n" * 300 + "文"}})
    result = small.consolidate()
    return (*result.findings, *result.saved.findings)


@provokes("K522", "K523")
def what_the_definition_has_no_more(ground: Ground) -> Findings:
    """Save a register with a value and a proposal for which there is no column and no sheet."""
    plan = shipped("setagaya-r6")
    path = new_register(ground.folder, plan, sample_register(plan))
    _, saved = change(
        path,
        plan,
        lambda register: replace(
            register,
            items=(register.items[0].with_value("bygone", "値"), *register.items[1:]),
            submissions=(*register.submissions, replace(register.submissions[0], id="P0002", kind="bygone")),
        ),
    )
    return saved.findings


@provokes("K553", "K554")
def a_heir_that_leaves_the_plan(ground: Ground) -> Findings:
    """Decide that an item is merged into one that ends, and that another ends into which one is merged already."""
    plan = shipped("setagaya-r6")
    sample = sample_register(plan)
    one, two = (item.id for item in sample.items[:2])
    year, reason = plan.cycle.year, "まとめる。"
    merged = Ending("X", one, year, Standing.MERGED, decision=Adoption.ADOPTED, reason=reason, successors=two)
    ends = Ending("Y", two, year, Standing.ABOLISHED, decision=Adoption.ADOPTED, reason=reason)
    found: list[Finding] = []
    for place, endings in enumerate(((merged, ends), (replace(merged, decided_at=NOW), ends))):
        path = new_register(ground.folder / str(place), plan, replace(sample, endings=endings))
        found += decide_endings(load_register(path, plan).register, plan, NOW, file=path.name).findings
    return found


@provokes("K550")
def an_end_without_a_reason(ground: Ground) -> Findings:
    """Decide that an item is abolished, and say no reason."""
    plan = shipped("setagaya-r6")
    sample = sample_register(plan)
    ending = Ending("X", sample.items[0].id, plan.cycle.year, Standing.ABOLISHED, decision=Adoption.ADOPTED)
    path = new_register(ground.folder, plan, replace(sample, endings=(ending,)))
    return decide_endings(load_register(path, plan).register, plan, NOW, file=path.name).findings
