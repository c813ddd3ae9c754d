"""Write the engineer's reference in ``docs/engineer``: ``python -m tests.tools.make_reference``.

Commands, shapes of JSON, columns of the register, findings, functions: each page is made from the package itself, and a
test compares it with what is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kohyo.definition.load import shipped
from tests.tools.draw_ribbon import ribbon_drawing
from tests.tools.reference.command_line import command_page
from tests.tools.reference.finding_codes import finding_page
from tests.tools.reference.json_shapes import json_page
from tests.tools.reference.python_api import python_page
from tests.tools.reference.register_columns import register_page

FOLDER = Path(__file__).parents[2] / "docs" / "engineer"
PLAN = "setagaya-r6"


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": command_page,
    "json_shapes.md": json_page,
    "register_columns.md": lambda: register_page(shipped(PLAN)),
    "findings.md": finding_page,
    "python_api.md": python_page,
    "../pictures/ribbon.svg": ribbon_drawing,
}
"""What makes each page, by file name."""


if __name__ == "__main__":
    for name, made in PAGES.items():
        (FOLDER / name).write_text(made(), encoding="utf-8", newline="\n")
