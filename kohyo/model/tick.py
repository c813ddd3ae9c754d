"""Perspective ticks (改善の視点の該当): three-valued, each with its evidence."""

from __future__ import annotations

from enum import Enum


class Tick(Enum):
    """Whether an item falls under a perspective: 該当, 非該当 or 不明. A printed label is never a tick."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Evidence(Enum):
    """Why a tick is what it is: a department's answer (回答), the printed matrix (体系表), or nothing yet.

    Between them stands a list that was imported with the ticks in a column of their own (一覧).
    """

    ANSWER = "answer"
    MATRIX = "matrix"
    LIST = "list"
    NONE = "none"
