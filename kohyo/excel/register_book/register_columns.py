"""Sheets and columns of the register's workbook (台帳.xlsx), from the definition alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from kohyo.definition.fields import FormField, all_fields, item_fields, register_fields
from kohyo.definition.structure import has_matrix, has_proposals, has_teams
from kohyo.definition.surveys import surveys_of
from kohyo.excel.register_book.book_sheet import (
    CHANGES,
    CONFLICTS,
    CONTRIBUTIONS,
    ENDINGS,
    ENTRIES,
    ITEMS,
    NOTES,
    PROPOSALS,
    RECEIPTS,
    TEAMS,
    BookColumn,
    BookSheet,
    ColumnKind,
)
from kohyo.excel.register_book.row_columns import Column
from kohyo.messages import section, wording
from kohyo.model.item import Standing
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.text.normalise import key
from kohyo.text.tabs import free_tab, own_tab

_COUNTS = frozenset({"errors", "checks", "infos", "agreed_count"})
"""Figures that count something: an empty cell means 0. Any other figure (a year, a round) is there or is not."""

_FORBIDDEN_IN_TITLES = re.compile(r"[:\\/?*\[\]]")
_TITLE_LENGTH = 31

_KINDS: dict[str, dict[str, ColumnKind]] = {
    ENTRIES: {"goal": "answer", "order": "figure", "perspective": "word"},
    "submissions": {"kind": "word", "year": "figure", "received_at": "moment"},
    "adoptions": {"decision": "word", "first_year": "figure"},
    RECEIPTS: {
        "outcome": "word",
        "round": "figure",
        "received_at": "moment",
        "errors": "figure",
        "checks": "figure",
        "infos": "figure",
    },
    CONFLICTS: {
        "kind": "word",
        "field": "field",
        "base": "value",
        "ours": "value",
        "theirs": "value",
        "decision": "word",
        "other": "value",
        "agreed_count": "figure",
        "decided_at": "moment",
        "raised_at": "moment",
    },
    NOTES: {"kind": "word"},
    TEAMS: {"year": "figure"},
    ENDINGS: {"year": "figure", "standing": "word", "decision": "word", "last_year": "figure", "decided_at": "moment"},
    CHANGES: {"at": "moment", "kind": "word", "field": "field", "old": "value", "new": "value"},
}
_ITEM_KINDS: dict[str, ColumnKind] = {"tick": "tick", "number": "number"}


@lru_cache(maxsize=KEPT_PLANS)
def book_sheets(plan: Plan) -> tuple[BookSheet, ...]:
    """Return every sheet that the register may have, in its order, each under a tab of its own."""
    sheets = _all_sheets(plan)
    taken = {sheet.key: sheet.title for sheet in sheets if sheet.key not in sheet.kinds}
    for sheet in sheets:
        if sheet.key not in taken:
            taken[sheet.key] = free_tab(sheet.title, taken.values())
    return tuple(replace(sheet, title=taken[sheet.key]) for sheet in sheets)


def _all_sheets(plan: Plan) -> tuple[BookSheet, ...]:
    return (
        _sheet(ITEMS, _item_columns(plan), identity=Column.ID),
        replace(_sheet(ENTRIES, _entry_columns(plan)), when_filled=not has_matrix(plan)),
        *_submission_sheets(plan),
        replace(_sheet(TEAMS, _fixed(TEAMS)), when_filled=not has_teams(plan)),
        _sheet(RECEIPTS, _receipt_columns(plan)),
        BookSheet(CONTRIBUTIONS, wording("workbook.sheets.contributions"), _distinct(_contribution_columns(plan))),
        _sheet(NOTES, _fixed(NOTES, kind="note_kind")),
        _sheet(CONFLICTS, _fixed(CONFLICTS, kind="conflict_kind", decision="decision"), identity=Column.ID),
        _sheet(ENDINGS, _fixed(ENDINGS, standing="standing", decision="adoption"), identity=Column.ID),
        _sheet(CHANGES, _fixed(CHANGES, kind="change_kind")),
    )


def read_sheets(plan: Plan) -> tuple[BookSheet, ...]:
    """Return the sheets that kohyo writes into: all but ＰＴ, which is the secretariat's own list."""
    return tuple(sheet for sheet in book_sheets(plan) if sheet.key != TEAMS)


def team_sheet(plan: Plan) -> BookSheet:
    """Return the sheet ＰＴ, which is read and never written to."""
    return next(sheet for sheet in book_sheets(plan) if sheet.key == TEAMS)


def kind_word(kind: SheetKind) -> str:
    """Return what a sheet kind is called whatever the year: its title without the year.

    An item's sheet among what was sent besides is a copy that proposes another item (個票の写し).
    """
    blanks = dict.fromkeys(("year", "year_short", "next_year", "next_year_short", "cycle", "number"), "")
    title = kind.title.format(**blanks).strip()
    return wording("workbook.kinds.copied").format(title=title) if kind.per == "item" else title


def _sheet(name: str, columns: Iterable[BookColumn], identity: str = "") -> BookSheet:
    return BookSheet(name, wording(f"workbook.sheets.{name}"), _distinct(columns), identity)


def _distinct(columns: Iterable[BookColumn]) -> tuple[BookColumn, ...]:
    """Give a heading that stands already its column's name as well: headings are how columns are found."""
    taken: set[str] = set()
    found: list[BookColumn] = []
    for column in columns:
        label = column.label if key(column.label) not in taken else f"{column.label} ({column.name})"
        taken.add(key(label))
        found.append(replace(column, label=label))
    return tuple(found)


def _fixed(subject: str, **words: str) -> Iterator[BookColumn]:
    """Yield the columns whose headings stand in ``workbook.toml``; ``words`` names their lists of words."""
    kinds = _KINDS.get(subject, {})
    for name, label in section("workbook")[subject].items():
        listed = _words(section("workbook")[words[name]]) if name in words else ()
        kind = kinds.get(name, "text")
        yield BookColumn(f"@{name}", label, kind, words=listed, blank=0 if name in _COUNTS else None)


def _receipt_columns(plan: Plan) -> Iterator[BookColumn]:
    """Yield the columns of 回収; the survey stands there in a year that holds more than its own one."""
    for column in _fixed(RECEIPTS, outcome="outcome"):
        if column.name != Column.SURVEY or surveys_of(plan) or plan.remembered.surveys:
            yield column


def _words(shown: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(shown.items())


def _field_column(plan: Plan, field: FormField) -> BookColumn:
    saved = plan.saved_name("fields", field.name)
    former = (*field.former, *field.aliases)
    return BookColumn(field.name, field.register_label, "answer", field, former=former, saved=saved)


def _item_columns(plan: Plan) -> Iterator[BookColumn]:
    labels = section("workbook")["items"]
    yield BookColumn(Column.ID, labels["id"])
    for field in register_fields(plan):
        yield replace(_field_column(plan, field), kind=_ITEM_KINDS.get(field.type, "answer"))
    standings = _words(section("workbook")["standing"])
    yield BookColumn(Column.STANDING, labels["standing"], "word", words=standings, blank=Standing.CURRENT.value)
    yield BookColumn(Column.ORIGINS, labels["origins"])
    evidence = _words(section("workbook")["evidence"])
    for field in register_fields(plan):
        if field.type == "tick":
            label, *former = (labels["evidence"].format(perspective=name) for name in _tick_words(plan, field))
            saved = plan.saved_name("perspectives", field.name.removeprefix("tick_"))
            yield BookColumn(
                evidence_name(field.name),
                label,
                "word",
                words=evidence,
                blank="none",
                former=tuple(former),
                saved=labels["evidence"].format(perspective=saved) if saved else "",
            )


def evidence_name(field: str) -> str:
    """Return the name of the column that says what the tick in ``field`` rests on (根拠)."""
    return f"@evidence.{field}"


def _tick_words(plan: Plan, field: FormField) -> tuple[str, ...]:
    """Return what the perspective of a tick is called, and then what it was called before."""
    for entry in plan.perspectives:
        if entry.key == field.perspective:
            return entry.list_label, *plan.former_names("perspectives", entry.key)
    gone = {name.code for name in plan.remembered.names if name.part == "perspectives"}
    code = next((code for code in gone if field.name == f"tick_{code}"), "")
    return tuple(reversed(plan.former_names("perspectives", code))) or (field.label,)


def _entry_columns(plan: Plan) -> Iterator[BookColumn]:
    goal = next((field for field in item_fields(plan) if field.name == "goal"), None)
    keys = [entry.key for entry in plan.perspectives]
    words = tuple((entry.key, entry.list_label) for entry in plan.perspectives)
    former = tuple((name, word) for name in keys for word in plan.former_names("perspectives", name))
    saved = tuple((name, word) for name in keys if (word := plan.saved_name("perspectives", name)))
    for column in _fixed(ENTRIES):
        if column.name == Column.GOAL and goal is not None:
            yield replace(column, kind="answer", field=goal)
        elif column.name == Column.PERSPECTIVE:
            yield replace(column, kind="word", words=words, former_words=former, saved_words=saved)
        else:
            yield column


def _contribution_columns(plan: Plan) -> Iterator[BookColumn]:
    """Yield whose answers a row holds, then the fields that each owner answers for itself."""
    yield from _fixed(CONTRIBUTIONS)
    for field in register_fields(plan):
        if field.each:
            yield _field_column(plan, field)


def _submission_sheets(plan: Plan) -> Iterator[BookSheet]:
    every = (*plan.sheets, *plan.remembered.kinds)
    proposed = tuple(kind for kind in every if kind.per in ("item", "blank"))
    yield _submission_sheet(plan, PROPOSALS, wording("workbook.sheets.proposals"), proposed)
    for kind in every:
        if kind.per == "block":
            yield _submission_sheet(plan, kind.key, kind_word(kind), (kind,))


def _submission_sheet(plan: Plan, name: str, title: str, kinds: tuple[SheetKind, ...]) -> BookSheet:
    keys = tuple(kind.key for kind in kinds)
    words = tuple((kind.key, kind_word(kind)) for kind in kinds)
    former = tuple((kind.key, word) for kind in kinds for word in _former_words(plan, kind))
    saved = tuple((kind.key, word) for kind in kinds if (word := _saved_word(plan, kind)))
    fixed = [
        replace(column, words=words, former_words=former, saved_words=saved) if column.name == Column.KIND else column
        for column in _fixed("submissions")
    ]
    decided = list(_fixed("adoptions", decision="adoption")) if name == PROPOSALS else []
    own = [_field_column(plan, field) for field in _own_fields(plan, keys)]
    head = [column for column in fixed if column.name in (Column.ID, Column.KIND, Column.DEPARTMENT, Column.YEAR)]
    origin = [column for column in fixed if column not in head]
    titles = () if name == PROPOSALS else tuple(_former_tabs(plan, kinds[0]))
    if name != PROPOSALS:
        title = _retired_tab(title) if kinds[0] in plan.remembered.kinds else own_tab(title)
    columns = _distinct([*head, *decided, *own, *origin])
    lacking = name == PROPOSALS and not has_proposals(plan)
    return BookSheet(name, title, columns, Column.ID, keys, titles, _saved_tab(plan, name, kinds[0]), lacking)


def _own_fields(plan: Plan, kinds: tuple[str, ...]) -> list[FormField]:
    """Return the fields of several kinds in the order of the definition, then those that they had before."""
    known = {field.name: field for kind in kinds for field in register_fields(plan, kind)}
    order = {field.name: place for place, field in enumerate(all_fields(plan))}
    return sorted(known.values(), key=lambda field: (field.retired, order[field.name]))


def _former_tabs(plan: Plan, kind: SheetKind) -> Iterator[str]:
    """Yield the tabs that a sheet may have had: under former names, and while it was, or was not, asked for."""
    for word in (*_former_words(plan, kind), kind_word(kind)):
        yield _cut_tab(word)
        yield _retired_tab(word)
        yield own_tab(word)


def _cut_tab(title: str) -> str:
    """Return the tab that earlier registers gave a title which Excel does not take as it is."""
    return _FORBIDDEN_IN_TITLES.sub("_", title)[:_TITLE_LENGTH]


def _saved_tab(plan: Plan, name: str, kind: SheetKind) -> str:
    """Return the tab under which the register was last saved, empty where it is today's."""
    return own_tab(saved) if name != PROPOSALS and (saved := _saved_word(plan, kind)) else ""


def _saved_word(plan: Plan, kind: SheetKind) -> str:
    title = plan.saved_name("sheets", kind.key)
    return kind_word(kind.model_copy(update={"title": title})) if title else ""


def _retired_tab(title: str) -> str:
    """Return the tab of a sheet that nobody is asked for any more (終了)."""
    return own_tab(title, wording("workbook.kinds.retired", title=""))


def _former_words(plan: Plan, kind: SheetKind) -> tuple[str, ...]:
    former = plan.former_names("sheets", kind.key)
    return tuple(kind_word(kind.model_copy(update={"title": title})) for title in former)
