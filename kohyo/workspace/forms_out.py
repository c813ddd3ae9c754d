"""Forms that are out (配布した調査票), as the files in 配布 themselves tell: where nothing else is left to tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kohyo.errors import TextError
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.excel.ooxml.worker import Reader
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.text.control_number import parse_control_number


def form_files(folder: Path) -> tuple[Path, ...]:
    """Return the forms in a folder."""
    return tuple(path for path in sorted(folder.glob("*.xlsx")) if not is_temporary_file(path.name))


def forms_out(paths: Sequence[Path], plan: Plan) -> Iterator[IssuedForm]:
    """Yield what forms say of themselves, their number and mark, without their sheets; one that lost them is passed."""
    names = {entry.code: entry.name for entry in plan.departments} | {form.code: form.name for form in plan.forms}
    with Reader() as reader:
        for result in reader.read_many(paths):
            raw = find_answers(result.book, plan, "")[0] if result.book else None
            if raw is None or not raw.mark:
                continue
            try:
                number = parse_control_number(raw.hidden_control or raw.property_control, plan.plan.code)
            except TextError:
                continue
            yield IssuedForm(
                control=str(number),
                plan=plan.plan.code,
                form_version=plan.plan.form_version,
                year=plan.cycle.year,
                department=names.get(number.department, ""),
                round=number.round,
                sheets=(),
                mark=raw.mark,
            )
