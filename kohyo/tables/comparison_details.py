"""What goes with a comparison (新旧対照): the item sheets field by field, and the numbers of both versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.fields import register_label
from kohyo.messages import section
from kohyo.model.comparison import Comparison, Revision
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import heading, nothing
from kohyo.tables.comparison import COMPARED_TEXTS, comparison, is_tick, kinds, marked, phrase

_NUMBERS = ("number", "old_number", "new_number")


def comparison_tables(plan: Plan, compared: Comparison, *, unchanged: bool = False) -> tuple[Table, ...]:
    """Return 新旧対照表, what changed on the item sheets, and the numbers of both versions."""
    return comparison(plan, compared, unchanged=unchanged), sheet_changes(plan, compared), crosswalk(compared)


def _columns(name: str, widths: Sequence[float]) -> tuple[Column, ...]:
    labels = section("comparison")[name]
    return tuple(
        Column(key, label, width, "center" if key in _NUMBERS else "left")
        for (key, label), width in zip(labels.items(), widths, strict=True)
    )


def sheet_changes(plan: Plan, compared: Comparison) -> Table:
    """Return what was revised on the item sheets (個票の新旧), a row per item and field, beyond the list's columns.

    Without any it has no sheet of its own.
    """
    columns = _columns("sheet_columns", (4.5, 14, 10, 30, 30))
    records = [record for revision in compared.changed for record in _sheet_records(plan, revision)]
    body = tuple(_sheet_row(record) for record in records)
    return Table(
        name=phrase("sheets.name"),
        title=phrase("sheets.title"),
        columns=columns,
        head=(heading(columns),),
        body=body or (nothing(phrase("no_change"), len(columns)),),
        record_columns=columns,
        records=tuple(records),
        printed=bool(records),
        subtitle=phrase("between", old=compared.old, new=compared.new),
        legend=phrase("legend"),
        landscape=True,
        notes=(phrase("sheets.note"),),
    )


def _sheet_records(plan: Plan, revision: Revision) -> Iterator[Mapping[str, Scalar]]:
    for item in revision.new:
        partner = revision.partner(item)
        for name in revision.fields:
            if partner is None or name in COMPARED_TEXTS or is_tick(revision, name):
                continue
            old, new = partner.text(name), item.text(name)
            if old != new:
                label = register_label(plan, name)
                yield {"number": str(item.number), "title": item.title, "field": label, "new": new, "old": old}


def _sheet_row(record: Mapping[str, Scalar]) -> Row:
    old, new = str(record["old"]), str(record["new"])
    return Row(
        (
            Cell(record["number"], "number"),
            Cell(record["title"], "title"),
            Cell(record["field"], "label"),
            Cell(new, runs=marked(old, new)),
            Cell(old, runs=marked(new, old)),
        )
    )


def crosswalk(compared: Comparison) -> Table:
    """Return 番号対照表: the old number of every item and its new one, in the order of the old; additions follow."""
    columns = _columns("number_columns", (6, 6, 26, 16, 12))
    ordered = sorted(
        (entry for revision in compared.revisions for entry in _number_records(revision)), key=lambda entry: entry[0]
    )
    records = tuple(record for _, record in ordered)
    return Table(
        name=phrase("numbers.name"),
        title=phrase("numbers.title"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(_number_row(record) for record in records) or (nothing(phrase("no_change"), len(columns)),),
        record_columns=columns,
        records=records,
        subtitle=phrase("between", old=compared.old, new=compared.new),
        landscape=True,
    )


def _number_records(revision: Revision) -> Iterator[tuple[tuple[bool, ItemNumber], Mapping[str, Scalar]]]:
    for old, new in revision.pairs:
        known = new or old
        if known is None:
            continue
        first = old or known
        record: Mapping[str, Scalar] = {
            "old_number": str(old.number) if old else None,
            "new_number": str(new.number) if new else None,
            "title": known.title,
            "owners": known.owners,
            "kind": kinds(revision) if revision.differences else None,
        }
        yield (old is None, first.number), record


def _number_row(record: Mapping[str, Scalar]) -> Row:
    moved = record["old_number"] != record["new_number"]
    return Row(
        (
            Cell(record["old_number"] or phrase("none"), "number" if record["old_number"] else "muted"),
            Cell(record["new_number"] or phrase("none"), "changed" if moved else "number"),
            Cell(record["title"], "title"),
            Cell(record["owners"]),
            Cell(record["kind"]),
        )
    )
