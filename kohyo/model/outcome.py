"""Outcomes of received files (受付の結果): every file ends in exactly one."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """What became of a received file, or of a respondent who has sent none."""

    MISSING = "missing"  # 未提出: expected, nothing received
    ACCEPTED = "accepted"  # 受理: read, nothing to mend
    DEFECTIVE = "defective"  # 不備: read, something must be mended
    SENT_BACK = "sent_back"  # 差戻し: read, a correction went out and is awaited
    SUPERSEDED = "superseded"  # 差替済: read, a correction that came back stands in its place
    CONFLICT = "conflict"  # 競合あり: read, a person must decide between two truths
    UNREADABLE = "unreadable"  # 読取不可: broken, locked or no workbook
    FOREIGN = "foreign"  # 対象外: not a form of this survey
    DUPLICATE = "duplicate"  # 重複: the same content as another file


READABLE = (Outcome.ACCEPTED, Outcome.DEFECTIVE, Outcome.CONFLICT, Outcome.SENT_BACK, Outcome.SUPERSEDED)
"""Outcomes of files whose answers were taken in; they are never merged a second time."""
