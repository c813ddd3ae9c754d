"""The ordinary year: every department answers every item that it owns, in its own words.

1. At least 25 of 29 returns are accepted; departments never contradict in what each answers for itself.
2. There is one question at most for each shared item and field, with one row for each distinct value.
3. Whoever came first, the register is the same, and taking everything in again changes nothing.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import kohyo
from kohyo.definition.fields import field_named
from kohyo.definition.seed import demo_values, shipped_list
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.register_book import load_register
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.usecases.new import new_workspace
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases

OWN_WORDS = ("situation", "measures", "result", "cycle_issue", "person", "contact", "division")


def answered(plan: Plan, register: Register, issue: IssuedForm) -> IssuedForm:
    """Return a form as its department fills it in: everything, in its own words."""
    return replace(issue, sheets=tuple(_sheet(plan, register, issue.department, sheet) for sheet in issue.sheets))


def _sheet(plan: Plan, register: Register, department: str, sheet: IssuedSheet) -> IssuedSheet:
    item = register.item(sheet.item or "")
    if item is None:
        return sheet
    values = {**sheet.values, **demo_values(plan, item, department)}
    words = {name: f"{department}：{str(values[name])[:20]}" for name in OWN_WORDS if values.get(name)}
    return replace(sheet, values={**values, **words})


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """Return a workspace whose forms went out, and every department's return beside it."""
    root = tmp_path_factory.mktemp("year") / "作業"
    workspace = new_workspace(root)
    listed = tmp_path_factory.mktemp("list") / "一覧.tsv"
    listed.write_text("\n".join("\t".join(row) for row in shipped_list("setagaya-r6")) + "\n", encoding="utf-8")
    kohyo.import_items(root, listed)
    kohyo.distribute(root)
    plan = read_definition(workspace.definition)
    register = load_register(workspace.register, plan, backups=workspace.backups).register
    folder = tmp_path_factory.mktemp("returns")
    paths = []
    for issue in load_bases(workspace).values():
        if any(sheet.item for sheet in issue.sheets):
            paths.append(folder / f"{issue.department}.xlsx")
            write_form(paths[-1], plan, answered(plan, register, issue), plan.cycle.closes)
    return root, paths


def consolidated(root: Path, target: Path, runs: Sequence[Sequence[Path]]) -> Register:
    """Return the register after the returns came in so many runs, in a copy of the workspace."""
    shutil.copytree(root, target)
    workspace = Workspace(target)
    for paths in runs:
        for path in paths:
            shutil.copy(path, workspace.returns / path.name)
        kohyo.consolidate(target)
    assert kohyo.consolidate(target).changes == 0
    plan = read_definition(workspace.definition)
    return load_register(workspace.register, plan, backups=workspace.backups).register


def data(register: Register) -> tuple[object, ...]:
    """Return what the register says, without when it came to say it and where rows stand."""
    questions = [
        (row.id, row.kind, row.ours, row.theirs, row.department, row.agreed, row.silent) for row in register.conflicts
    ]
    outcomes = [(row.department, row.outcome) for row in register.receipts]
    own = {(row.item, row.department): row.values for row in register.contributions}
    return register.items, own, sorted(map(str, questions)), outcomes


def test_the_ordinary_year(year: tuple[Path, list[Path]], tmp_path: Path, plan: Plan) -> None:
    """All at once, or in two halves the other way round: one calm register (1, 2, 3)."""
    root, paths = year
    assert len(paths) == 29
    together = consolidated(root, tmp_path / "一度に", [paths])
    assert Counter(row.outcome for row in together.receipts)[Outcome.ACCEPTED] >= 25
    assert together.open_conflicts
    assert not {row.field for row in together.open_conflicts if field_named(plan, row.field).each}
    assert len({(row.item, row.field) for row in together.open_conflicts}) == len(
        {row.group for row in together.open_conflicts}
    )
    values = Counter((row.group, str(row.theirs)) for row in together.open_conflicts)
    assert max(values.values()) == 1
    parts = consolidated(root, tmp_path / "分けて", [paths[15:][::-1], paths[:15][::-1]])
    assert data(parts) == data(together)
