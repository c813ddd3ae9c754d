"""Status (回収状況): who has answered, who owes something, and a reminder draft for each who does."""

from __future__ import annotations

from kohyo.workspace.folder import Location, open_workspace
from kohyo.workspace.garbage import seldom_collected
from kohyo.workspace.given_day import Day, given_day, moment_of
from kohyo.workspace.known_status import KnownStatus, Status
from kohyo.workspace.lock import working
from kohyo.workspace.notices import overheard

_NAME = "status"


def status(root: Location, today: Day | None = None, survey: str = "") -> Status:
    """Tell where every respondent stands; write 結果/回収状況.xlsx and reminder drafts (nothing is mailed).

    Of a year with several surveys (調査の回) it tells the one that is called ``survey``, else the one under way.
    Raises UsageError when no forms went out or no survey is called so, FileError when a file cannot be written.
    """
    given, moment = given_day(today), moment_of(None)
    workspace, day = open_workspace(root), given or moment.date()
    with working(workspace) as taken_up, seldom_collected():
        known = KnownStatus(workspace, day, survey)
        told = known.told()
        if told is not None:
            return told
        from kohyo.workspace.session import session  # noqa: PLC0415 - what is known needs neither plan nor register
        from kohyo.workspace.status_report import find_status  # noqa: PLC0415 - likewise

        with overheard() as notices, session(workspace, _NAME, moment, looking=True, taken_up=taken_up) as current:
            done = find_status(current, day, survey)
            current.commit()
            if not (notices or current.files.held or current.loaded.edits):
                known.keep(done)
            return done
