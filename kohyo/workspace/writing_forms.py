"""Writing survey forms (調査票の書出し) as pieces of work that an executor's workers may take, some forms each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date

from kohyo.excel.form.form_writer import form_bytes
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.workspace.spread import spread

_FORMS = 8
"""Forms of a batch: few enough to be lost and written again, enough that the definition travels seldom."""


@dataclass(frozen=True)
class FormBatch:
    """Forms to be written under a definition, each with the day by which it is due."""

    plan: Plan
    forms: tuple[tuple[IssuedForm, date], ...]


def written_forms(executor: Executor | None, plan: Plan, forms: Sequence[tuple[IssuedForm, date]]) -> Iterator[bytes]:
    """Yield the contents of each form in order, written by an executor or, without one, here when it is asked for."""
    size = _FORMS if executor else 1
    starts = range(0, len(forms), size)
    batches = (FormBatch(plan, tuple(forms[start : start + size])) for start in starts)
    for contents in spread(executor, write_forms, batches):
        yield from contents


def write_forms(batch: FormBatch) -> list[bytes]:
    """Return the contents of the forms of a batch."""
    return [form_bytes(batch.plan, issue, deadline) for issue, deadline in batch.forms]
