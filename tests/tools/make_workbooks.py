"""Rebuild what lies in ``workbooks/``: ``python -m tests.tools.make_workbooks``.

Tests compare workbooks part by part and lists letter by letter; pictures are made by ``make_pictures``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kohyo.definition.load import shipped
from kohyo.excel.definition_book.definition_writer import definition_bytes
from kohyo.excel.form.form_writer import form_bytes
from kohyo.papers.paper import templates
from kohyo.usecases.issue_form import open_issue
from kohyo.workspace.paper_files import shipped_template, template_name
from tests.tools.lists import field_list, finding_list, template_field_list
from tests.tools.sample_forms import blank_form, sample_form

FOLDER = Path(__file__).parents[2] / "workbooks"
PLAN = "setagaya-r6"
TEMPLATES = "様式"
_CREATED = datetime(2024, 4, 1, tzinfo=UTC)


def built() -> dict[str, bytes]:
    """Return the workbooks by file name."""
    plan = shipped(PLAN)
    return {
        f"計画定義_{PLAN}.xlsx": definition_bytes(plan, created=_CREATED),
        "調査票_記入前.xlsx": form_bytes(plan, blank_form(plan), plan.cycle.closes),
        "調査票_見本.xlsx": form_bytes(plan, sample_form(plan), plan.cycle.closes),
        **{f"様式_{form.name}.xlsx": form_bytes(plan, open_issue(plan, form), form.closes) for form in plan.forms},
    }


def word_templates() -> dict[str, bytes]:
    """Return the templates of the papers by file name, below ``様式``."""
    font = shipped(PLAN).plan.font
    return {template_name(one): shipped_template(one, font) for one in templates()}


def lists() -> dict[str, str]:
    """Return the lists by file name, in Markdown."""
    return {
        "欄の一覧.md": field_list(shipped(PLAN)),
        "指摘の一覧.md": finding_list(),
        "様式の欄.md": template_field_list(),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in built().items():
        (FOLDER / name).write_bytes(content)
    (FOLDER / TEMPLATES).mkdir(exist_ok=True)
    for name, content in word_templates().items():
        (FOLDER / TEMPLATES / name).write_bytes(content)
    for name, text in lists().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
