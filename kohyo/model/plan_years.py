"""The time of a plan definition (計画定義の年度と日程): its years, the year's surveys and their days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from kohyo.model.part import Key, Part, Text

FIRST_YEAR, LAST_YEAR = 2019, 2117

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
"""A fiscal year that labels and control numbers can spell: 令和1 to 99."""
Phase = Literal["focus", "verification"]


class Milestone(Part):
    """One line of the year's schedule (スケジュール); ``date`` is a day, a month or a span of months.

    One with a ``phase`` stands in the schedule of years of that phase alone.
    """

    date: Text
    what: Text
    phase: Literal["", "focus", "verification"] = ""


class Cycle(Part):
    """The survey of one fiscal year: when the forms go out and when they must be back."""

    year: Year
    issued: date
    closes: date
    milestones: tuple[Milestone, ...] = ()


class Survey(Part):
    """A survey within the fiscal year (調査の回: 上半期, 年度末, 効果検証): its days, and what it asks.

    One with a ``phase`` is held in years of that phase alone. ``sheets`` are the kinds of sheet that go out beside the
    items', all where none is named. Of the item sheet's fields it asks those that name it (``FieldRule.surveys``)
    and those of ``asks``; where that names none, all that belong to no survey. ``shows`` are fields that it shows
    as they are known: what a year brought with a line for every year before.
    """

    key: Key
    name: Text
    issued: date
    closes: date
    phase: Literal["", "focus", "verification"] = ""
    sheets: tuple[Key, ...] = ()
    asks: tuple[Key, ...] = ()
    shows: tuple[Key, ...] = ()


class PlanYear(Part):
    """A fiscal year of the plan and its phase: 重点取組み期間 (focus) or 効果検証 (verification)."""

    year: Year
    phase: Phase


class HearingDay(Part):
    """A day of the hearings (ヒアリング): its rooms, and the times (9:30～10:10) at which each of them hears one."""

    day: date
    rooms: tuple[Text, ...]
    slots: tuple[Text, ...]
