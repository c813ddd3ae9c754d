"""Notes (連絡メモ): what somebody wrote that is no answer of the register's, kept until a person has seen to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kohyo.model.finding import Place


class NoteKind(Enum):
    """What a note is, or why it is none of the answers."""

    OUTSIDE = "outside"  # written beside the fields of a form
    COMMENT = "comment"  # a comment on a cell
    PAGE = "page"  # a sheet of their own (別紙)
    UNREAD = "unread"  # written as an answer, and not surely read
    REFUSED = "refused"  # written on a sheet of which nobody knows whose answer it is
    LATE = "late"  # an answer of an earlier round that came after its correction


@dataclass(frozen=True)
class Note:
    """One row of 連絡メモ: who wrote what, and where; ``done`` is what a person put into 済, ``remark`` into 対応."""

    kind: NoteKind
    place: Place
    text: str
    field: str = ""
    """Heading of the field that it belongs to, if any."""
    department: str = ""
    sha256: str = ""
    done: str = ""
    remark: str = ""

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same note, in whichever file it is sent again."""
        return self.department, self.kind, self.place.sheet, self.place.cell, self.text
