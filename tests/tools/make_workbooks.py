"""Rebuild the forms in ``workbooks/``: ``python -m tests.tools.make_workbooks``. A test compares them part by part."""

from __future__ import annotations

from pathlib import Path

from kohyo.definition.load import shipped
from kohyo.excel.write.form_book import form_bytes
from tests.tools.sample_forms import blank_form, sample_form

FOLDER = Path(__file__).parents[2] / "workbooks"
PLAN = "setagaya-r6"


def built() -> dict[str, bytes]:
    """Return the workbooks by file name."""
    plan = shipped(PLAN)
    return {
        "調査票_記入前.xlsx": form_bytes(plan, blank_form(plan), plan.cycle.closes),
        "調査票_見本.xlsx": form_bytes(plan, sample_form(plan), plan.cycle.closes),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in built().items():
        (FOLDER / name).write_bytes(content)
