"""Contradictions within documents.

W1  a goal named otherwise than in the definition is told with its line
W2  odd hyphens in numbers and slips of the pen are told
W3  two names of one post are told once; posts that stand together, or are quite different, are not
W4  the plan's own documents hold what is known of them
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kohyo.definition.seed import shipped_list
from kohyo.excel.list_book.list_file import document_lines
from kohyo.messages import describe
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.register.document_audit import document_contradictions
from tests.documents import made_up_document


def found(plan: Plan, *lines: str) -> list[Finding]:
    """Return what is found in lines of a document."""
    numbered = [(Place("本文.txt", "", f"{number}行目"), line) for number, line in enumerate(lines, 1)]
    return list(document_contradictions(plan, numbered))


def test_a_goal_named_otherwise_is_told(plan: Plan) -> None:
    """W1: Both wordings of the definition are fine, in any width."""
    findings = found(
        plan, "到達点１　新たな仕組みづくり", "到達点3 時間の使い方\t8", f"到達点2 {plan.goals[1].list_name}"
    )
    assert [(one.code, one.value, one.place.cell) for one in findings] == [("K439", "時間の使い方", "2行目")]
    assert plan.goals[2].name in describe(findings[0])


def test_odd_hyphens_and_slips_are_told(plan: Plan) -> None:
    """W2: A hyphen that a search does not find is told with how it is read; an ordinary one is not."""
    findings = found(plan, "2‐24 と 2-24", "窓口のの改善")
    assert [(one.code, one.value) for one in findings] == [("K440", "2‐24"), ("K431", "のの")]
    assert "2-24" in describe(findings[0])


def test_two_names_of_one_post(plan: Plan) -> None:
    """W3: Told where the second name stands, with where the first does."""
    (finding,) = found(plan, "構成：官民協働・行政改革担当課長", "官民連携・行政改革担当課長 構成員")
    assert (finding.code, finding.place.cell) == ("K441", "2行目")
    assert "1行目" in describe(finding)


def test_posts_side_by_side_are_different_posts(plan: Plan) -> None:
    """W3: A line that names both says that they are two."""
    assert not found(plan, "北部街づくり推進担当課長、南部街づくり推進担当課長", "南部街づくり推進担当課長")


def test_a_text_laid_out_as_the_plan(plan: Plan, tmp_path: Path) -> None:
    """W4: The made-up text holds the documents' slips, and nothing else is told of it."""
    path = tmp_path / "計画.txt"
    path.write_text(made_up_document(shipped_list(plan.plan.code)[1:]), encoding="utf-8")
    findings = document_contradictions(plan, document_lines(path))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert sorted((one.code, one.value) for one in findings) == [
        ("K431", "に対するの"),
        ("K431", "に対するの"),
        ("K439", "組織力の向上・人事の育成(専門性の向上)"),
        ("K439", "職員の時間の他業務への振り分け"),
        ("K440", "2‐24"),
        ("K441", "経営改革・行政手法改革担当課長"),
    ]
    assert all(one.value in lines[int(one.place.cell.removesuffix("行目")) - 1] for one in findings)


@pytest.mark.documents
def test_the_documents_themselves(plan: Plan, documents: Sequence[Path]) -> None:
    """W4: The goal of the table of contents, U+2010, and the two names of a division head."""
    lines = [line for path in documents for line in document_lines(path)]
    findings = document_contradictions(plan, lines)
    said = {(one.code, one.value) for one in findings}
    assert {
        ("K439", "職員の時間の他業務への振り分け"),
        ("K431", "に対するの"),
        ("K440", "2‐24"),
        ("K441", "官民連携・行政手法改革担当課長"),
    } <= said
    assert len(findings) < 12
