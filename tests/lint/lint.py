"""The lint of workbooks: ``refusals(path)`` lists what Excel repairs or refuses, beyond what the schema says.

Sources: Excel's own limits as Microsoft publishes them (「Excelの仕様と制限」) and what its repair log names.
"""

from __future__ import annotations

from pathlib import Path

from tests.lint.package_rules import package_rules
from tests.lint.parts import Parts, opened
from tests.lint.sheet_rules import sheet_rules


def refusals(book: Path | bytes) -> list[str]:
    """Return everything in a workbook that Excel would repair or refuse, empty when there is nothing."""
    return refusals_of(opened(book))


def refusals_of(parts: Parts) -> list[str]:
    """Return the same of a workbook that is parsed already."""
    found = list(package_rules(parts))
    for title, name in parts.sheets.items():
        if name in parts.trees:
            found += sheet_rules(parts, title, parts.trees[name])
    return found
