"""What is still out from earlier surveys of the year (前の回でまだ届いていないもの): a later one does not end them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kohyo.definition.surveys import survey_name
from kohyo.model.issued_form import IssuedForm
from kohyo.model.submission_status import StillOut
from kohyo.returns.in_survey import earlier_surveys, narrowed
from kohyo.returns.submission_status import submission_statuses
from kohyo.workspace.missing_sheets import load_owed
from kohyo.workspace.session import Session


def still_out(current: Session, issues: Mapping[str, IssuedForm], survey: str, day: date) -> Iterator[StillOut]:
    """Yield the surveys before one of which departments still owe something, in their order."""
    for earlier in earlier_surveys(current.plan, issues, survey):
        asked = narrowed(current.plan, current.register, issues, earlier)
        statuses = submission_statuses(*asked, load_owed(current.workspace.owed, earlier), day)
        owing = tuple(status for status in statuses if status.owes)
        form = asked[0].plan.survey_form_name
        if owing:
            yield StillOut(form, survey_name(current.plan, earlier) or form, owing)
