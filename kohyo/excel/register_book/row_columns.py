"""The columns of the register that are kohyo's own (台帳の列), by the names that rows hold their values under.

Fields of the plan stand under their own names; what begins with @ never clashes with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from kohyo.model.value import FieldValue

Row: TypeAlias = Mapping[str, FieldValue]
"""Column name → value; what is empty is left out."""


class Column(StrEnum):
    """A column that every register has, whatever the plan."""

    AGREED = "@agreed"
    AGREED_COUNT = "@agreed_count"
    AT = "@at"
    BASE = "@base"
    BY = "@by"
    CELL = "@cell"
    CHECKS = "@checks"
    CONTROL = "@control"
    COPIED_FROM = "@copied_from"
    DECIDED_AT = "@decided_at"
    DECIDED_BY = "@decided_by"
    DECISION = "@decision"
    DEPARTMENT = "@department"
    DONE = "@done"
    ERRORS = "@errors"
    FIELD = "@field"
    FILE = "@file"
    GOAL = "@goal"
    GROUP = "@group"
    HEADING = "@heading"
    ID = "@id"
    INFOS = "@infos"
    ITEM = "@item"
    KIND = "@kind"
    LABEL = "@label"
    LAST_YEAR = "@last_year"
    MEMBERS = "@members"
    NEW = "@new"
    NOTE = "@note"
    NUMBER = "@number"
    NUMBERS = "@numbers"
    OLD = "@old"
    ORDER = "@order"
    ORIGINS = "@origins"
    OTHER = "@other"
    OURS = "@ours"
    OURS_FROM = "@ours_from"
    OUTCOME = "@outcome"
    PERSPECTIVE = "@perspective"
    PLACES = "@places"
    RAISED_AT = "@raised_at"
    REASON = "@reason"
    RECEIVED_AT = "@received_at"
    REMARK = "@remark"
    ROUND = "@round"
    SECRETARIAT = "@secretariat"
    SHA256 = "@sha256"
    SHEET = "@sheet"
    SILENT = "@silent"
    STANDING = "@standing"
    SUCCESSORS = "@successors"
    SURVEY = "@survey"
    TEXT = "@text"
    THEIRS = "@theirs"
    TITLE = "@title"
    TOPICS = "@topics"
    TYPED = "@typed"
    VERSION = "@version"
    WAITING = "@waiting"
    WHOSE = "@whose"
    YEAR = "@year"
