"""A form of another version (以前の版の調査票): what it could not ask is nobody's omission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kohyo.definition.fields import all_fields
from kohyo.messages import wording
from kohyo.model.answer_name import field_of
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of

_NOT_ON_THE_SHEET = (Code.K252, Code.K260)


def allow_for_version(findings: Sequence[Finding], issue: IssuedForm, plan: Plan, file: str) -> tuple[Finding, ...]:
    """Return the findings about where answers stand, less the fields that the form never had.

    A form of another version is named (K161), and so are the fields that it could not ask for (K162).
    """
    if issue.form_version == plan.plan.form_version:
        return tuple(findings)
    asked = set(_labels_asked(issue, plan))
    unasked = [finding for finding in findings if finding.code in _NOT_ON_THE_SHEET and finding.field not in asked]
    told = [finding_of(Code.K161, Place(file), value=issue.form_version)]
    if unasked:
        fields = wording("text.list.joiner").join(dict.fromkeys(finding.field for finding in unasked))
        told.append(finding_of(Code.K162, Place(file), value=issue.form_version, fields=fields))
    return (*told, *(finding for finding in findings if finding not in unasked))


def _labels_asked(issue: IssuedForm, plan: Plan) -> Iterator[str]:
    """Yield the labels of the fields that the form's sheets went out with."""
    names = {field_of(name) for sheet in issue.sheets for name in sheet.values}
    yield from (field.label for field in all_fields(plan) if field.name in names)
