"""A survey that is no reform plan at all: audits of federal awards, as auditees send them to a clearing house.

Made of the blank plan by editing its workbook alone, after the fields of two workbooks in the public domain (awards
expended, corrective action plans): an auditee is an item, an award and an action are blocks of a sheet.

1. Forms go out, are filled in, and every award and every action comes back as what it is.
2. What auditees do to such workbooks, as their help desk tells it, is read right, or told with the field's name.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.messages import severity
from kohyo.model.finding import Severity
from kohyo.model.outcome import Outcome
from kohyo.model.register import Submission
from kohyo.usecases.consolidate import Consolidated
from kohyo.workspace.folder import Workspace
from tests.usecases.small import opened, type_into

NOW = datetime(2026, 6, 1, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones
YES_NO = {"種類": "選択肢から一つ", "選択肢": "yes_no"}
AWARD_FIELDS: Mapping[str, Mapping[str, object]] = {
    "prefix": {"欄の名前": "Federal Agency Prefix", "種類": "文字（一行）", "必須": "○", "最大文字数": 2},
    "extension": {"欄の名前": "ALN Three Digit Extension", "種類": "文字（一行）", "必須": "○", "最大文字数": 3},
    "program": {"欄の名前": "Federal Program Name", "種類": "文字（一行）", "必須": "○"},
    "amount": {"欄の名前": "Amount Expended", "種類": "整数", "必須": "○", "最小": "0"},
    "cluster": {"欄の名前": "Cluster Name", "種類": "選択肢から一つ", "選択肢": "cluster", "必須": "○"},
    "loan": {"欄の名前": "Loan / Loan Guarantee", "必須": "○", **YES_NO},
    "direct": {"欄の名前": "Direct Award", "必須": "○", **YES_NO},
    "passthrough": {"欄の名前": "Name of Passthrough Entity", "種類": "文字（一行）"},
    "findings": {"欄の名前": "Number of Audit Findings", "種類": "整数", "必須": "○", "最小": "0"},
}
ACTION_FIELDS: Mapping[str, Mapping[str, object]] = {
    "reference": {"欄の名前": "Audit Finding Reference Number", "種類": "文字（一行）", "必須": "○", "最大文字数": 8},
    "planned": {"欄の名前": "Planned Corrective Action", "種類": "文字（複数行）", "必須": "○"},
    "chart": {"欄の名前": "Did Text Contain a Chart or Table?", "必須": "○", **YES_NO},
}
AWARD = {
    "prefix": "10",
    "extension": "001",
    "program": "AGRICULTURAL RESEARCH",
    "amount": 150000,
    "cluster": "N/A",
    "loan": "N",
    "direct": "Y",
    "findings": 1,
}
ACTION = {"reference": "2023-001", "planned": "Reconcile monthly.\nReview quarterly.", "chart": "N"}


@dataclass(frozen=True)
class Ticket:
    """What somebody did to a field of the first award or action, and the value that may be taken from it unasked."""

    field: str
    typed: object
    right: object = None


TICKETS = {
    "a small letter": Ticket("loan", "n", "N"),
    "spaces around a choice": Ticket("direct", " Y\u00a0", "Y"),
    "a broken list": Ticket("cluster", "#REF!"),
    "a choice that is none": Ticket("cluster", "RESEARCH"),
    "a loss in parentheses": Ticket("amount", "(151,219)"),
    "a loss": Ticket("amount", -151219),
    "a currency sign": Ticket("amount", "$150,000"),
    "cents": Ticket("amount", "150,000.25"),
    "not applicable": Ticket("amount", "N/A"),
    "the count emptied": Ticket("findings", None),
    "the count in words": Ticket("findings", "none"),
    "zeros lost": Ticket("extension", 1, "1"),
    "a number for a code": Ticket("prefix", 10, "10"),
    "a code too long": Ticket("extension", "0001"),
    "a reference made a month": Ticket("reference", datetime(2023, 1, 1)),  # noqa: DTZ001 - as Excel keeps 2023-01
    "a reference with spaces": Ticket("reference", " 2023-001 "),
    "a table pasted": Ticket("planned", "Step\tBy\nReconcile\tJune", "Step\tBy\nReconcile\tJune"),
}
AUDITEES = ("in order", *TICKETS)


@dataclass(frozen=True)
class Audited:
    """The workspace after its returns, and what was said of them."""

    workspace: Workspace
    result: Consolidated
    submissions: tuple[Submission, ...]
    outcomes: Mapping[str, Outcome]

    def of(self, auditee: str, kind: str) -> list[Mapping[str, object]]:
        """Return what an auditee sent on a kind of sheet, block by block."""
        return [row.values for row in self.submissions if row.department == auditee and row.kind == kind]


def _append(sheet: Worksheet, row: Mapping[str, object]) -> None:
    columns = {cell.value: cell.column or 0 for cell in sheet[2]}
    at = sheet.max_row + 1
    for heading, value in row.items():
        sheet.cell(at, columns[heading]).value = value  # type: ignore[assignment]


def _become_a_clearing_house(path: Path) -> None:
    """Make the blank definition a survey of audits, as its office does in Excel."""
    with opened(path) as book:
        for sheet in ("所管部", "選択肢"):
            book[sheet].delete_rows(3, book[sheet].max_row)
        book["まとめ名"].delete_rows(3)
        heading = {cell.value: cell.column or 0 for cell in book["計画"][2]}
        book["計画"].cell(3, heading["番号の形"]).value = "A-{serial:03}"
        for number, name in enumerate(AUDITEES, start=1):
            _append(book["所管部"], {"部番号": f"{number:02}", "部名": name})
        for name, choice in (
            ("yes_no", "Y"),
            ("yes_no", "N"),
            ("cluster", "N/A"),
            ("cluster", "STUDENT FINANCIAL AID"),
        ):
            _append(book["選択肢"], {"一覧の符号": name, "選択肢": choice})
        book["欄"].delete_rows(8, 2)  # progress and result are no questions of an audit
        for kind, title, fields in (("award", "Awards", AWARD_FIELDS), ("action", "Actions", ACTION_FIELDS)):
            blocks = {"単位": "1枚に複数の枠", "記入の案内": "One block each.", "枚数・枠数": 3}
            _append(book["シート"], {"符号": kind, "表題": title, "見出し（タブ）": title, **blocks})
            _append(book["区分"], {"符号": kind, "名前": title})
            for name, field in fields.items():
                _append(book["欄"], {"符号": name, "区分": kind, "載せるシート": kind, **field})


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Lead the survey from the blank definition to its returns; every auditee but the first did one thing."""
    root = tmp_path_factory.mktemp("audits") / "ws"
    workspace = kohyo.new_workspace(root, "blank")
    _become_a_clearing_house(workspace.definition)
    kohyo.define(root)
    rows = [
        ("番号", "項目名", "概要", "所管部"),
        *((f"A-{n:03}", name, "Audit", name) for n, name in enumerate(AUDITEES, 1)),
    ]
    listed = root.parent / "auditees.tsv"
    listed.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    kohyo.import_items(root, listed, now=NOW)
    kohyo.distribute(root, now=NOW)
    for auditee in AUDITEES:
        path = workspace.returns / f"調査票_{auditee}.xlsx"
        shutil.copy(workspace.forms / path.name, path)
        ticket = TICKETS.get(auditee)
        with opened(path) as book:
            for tab, values in (("Awards", AWARD), ("Actions", ACTION)):
                blocks = (1, 3) if ticket is None else (1,)
                type_into(book[tab], {f"{name}.{n}": value for n in blocks for name, value in values.items()})
                if ticket is not None and ticket.field in values:
                    type_into(book[tab], {f"{ticket.field}.1": ticket.typed})
    result = kohyo.consolidate(root, now=NOW)
    register = load_register(workspace.register, read_definition(workspace.definition)).register
    return Audited(workspace, result, register.submissions, {row.file: row.outcome for row in register.receipts})


def test_awards_and_actions_come_back(audited: Audited) -> None:
    """A return in order is accepted, with a gap between its blocks (1)."""
    assert audited.of("in order", "award") == [AWARD, AWARD]
    assert audited.of("in order", "action") == [ACTION, ACTION]
    assert audited.outcomes["調査票_in order.xlsx"] is Outcome.ACCEPTED


@pytest.mark.parametrize("name", TICKETS)
def test_a_ticket_is_read_right_or_told(audited: Audited, name: str) -> None:
    """The value that people meant, or a finding at the field, and then nothing else in its place (2)."""
    ticket = TICKETS[name]
    kind, whole = ("award", AWARD) if ticket.field in AWARD else ("action", ACTION)
    label = str({**AWARD_FIELDS, **ACTION_FIELDS}[ticket.field]["欄の名前"])
    about = [found for found in audited.result.findings if found.place.file == f"調査票_{name}.xlsx"]
    told = [found for found in about if label in found.field and severity(found.code) is not Severity.INFO]
    (block,) = audited.of(name, kind)
    assert {key: value for key, value in block.items() if key != ticket.field} == {
        key: value for key, value in whole.items() if key != ticket.field
    }
    if ticket.right is not None:
        assert block[ticket.field] == ticket.right
    else:
        assert told
