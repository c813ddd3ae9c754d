"""What else is out besides the survey that one looks at, as sentences: for ``status`` and whoever asks ``define``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kohyo.messages import wording
from kohyo.model.submission_status import MovedDeadline, StillOut
from kohyo.text.dates import show_date


def earlier_lines(earlier: Iterable[StillOut]) -> Iterator[str]:
    """Yield a sentence for every earlier survey of the year of which something is still out."""
    for out in earlier:
        names = wording("text.list.joiner").join(out.departments)
        yield wording("report.earlier", form=out.form, count=len(out.owing), names=names)


def moved_lines(moved: Iterable[MovedDeadline]) -> Iterator[str]:
    """Yield a sentence for every deadline that the forms which are out do not name."""
    for entry in moved:
        days = {"sent": show_date(entry.sent), "defined": show_date(entry.defined)}
        yield wording("report.moved", form=entry.form, **days)
