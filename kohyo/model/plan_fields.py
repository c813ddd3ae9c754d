"""The forms of a plan definition (計画定義の様式): sheets, fields, choices, and what earlier ones had."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kohyo.model.part import Key, Part, Text
from kohyo.model.plan_years import Phase

FieldType = Literal[
    "text", "multiline", "integer", "decimal", "date", "select_one", "tick", "number", "goal", "departments"
]
Nature = Literal["plan", "office", "year"]
Scope = Literal["", "shared", "each"]


class FormerChoice(Part):
    """What a choice was called before (以前の言葉): answers in those words mean it."""

    value: Text
    names: tuple[Text, ...]


class Choices(Part):
    """A named list of choices (選択肢)."""

    name: Key
    values: tuple[Text, ...]
    former: tuple[FormerChoice, ...] = ()


class SheetKind(Part):
    """A kind of sheet in the survey form: one per item, so many blanks, or so many blocks on one sheet.

    ``form`` names the open form it belongs to instead, if any.
    """

    key: Key
    per: Literal["item", "blank", "block"]
    title: Text
    tab: Text
    guide: Text
    copies: Annotated[int, Field(ge=1, le=20)] = 1
    form: str = ""


class Group(Part):
    """A band of fields on a sheet."""

    key: Key
    label: Text


class FieldRule(Part):
    """One row of the definition's fields; ``repeat`` makes it one field per perspective or per year.

    ``nature``: what belongs to the plan is published, compared and carried into the next year; what the office
    needs (who, where) is carried only; what a year brought (実績) is asked anew every year.

    ``scope``: of a shared field (共有) there is one truth, the lead's; of the other kind (部ごと) each owner has its
    own. Left empty, what belongs to the plan is shared and everything else each owner's own.

    ``aliases``: what lists that come from outside call the field (別名), and what it was called before.

    ``once``: a respondent may answer it once on the cover (表紙で一度), for every sheet that leaves it empty.

    ``max_entries``: how many names, people, places a text may list (最大件数), 0 for no limit.

    ``minimum`` and ``maximum``: of a number the least and the greatest, of a date the first and the last year; without
    them a day must be near the plan's own years, where it has any.

    ``surveys``: it is asked in these surveys of the year (尋ねる回) alone, and sleeps in a year that holds none.
    """

    name: Key
    label: Text
    type: FieldType
    group: Key
    sheets: tuple[Key, ...]
    repeat: Literal["", "perspective", "year"] = ""
    register_label: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    optional_phases: tuple[Phase, ...] = ()
    nature: Nature = "plan"
    scope: Scope = ""
    once: bool = False
    readonly: bool = False
    internal: bool = False
    choices: str = ""
    max_length: Annotated[int, Field(ge=0, le=32767)] = 0
    max_entries: Annotated[int, Field(ge=0, le=1000)] = 0
    minimum: float | None = None
    maximum: float | None = None
    lines: Annotated[int, Field(ge=1, le=20)] = 1
    unit: str = ""
    hint: str = ""
    verification_hint: str = ""
    surveys: tuple[Key, ...] = ()


class FormerName(Part):
    """What a field, a sheet kind, a perspective or a choice was called in an earlier definition (旧称), by its code.

    The code of a choice is that of its list and the word that took the place of the former one.
    """

    part: Literal["fields", "sheets", "perspectives", "choices"]
    code: Text
    name: Text


class Remembered(Part):
    """What earlier definitions of a workspace had and today's has no more (以前の定義); it stands in no workbook.

    The register keeps the columns of ``fields`` and the sheets of ``kinds``, and knows by ``names`` what its headings
    and its history mean. The newest stand last. ``saved`` are the names that the register itself still bears: those
    with which it was last saved, of what is called otherwise today. ``surveys``: the year had surveys of its own, whose
    column the register keeps.
    """

    fields: tuple[FieldRule, ...] = ()
    kinds: tuple[SheetKind, ...] = ()
    names: tuple[FormerName, ...] = ()
    saved: tuple[FormerName, ...] = ()
    surveys: bool = False
