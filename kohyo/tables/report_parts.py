"""What the secretariat's own reports share: columns and titles from the wordings, one row a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kohyo.messages import section, wording
from kohyo.model.table import Cell, Chart, Column, Row, Scalar, Table

_ESCAPED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '%# "<>[]`^{}'})
"""Signs in the names of files that mean something else in links."""


def report_columns(name: str) -> tuple[Column, ...]:
    """Return the columns of a report's table (``report.<name>.columns``)."""
    layout = section("report")[name]["columns"]
    return tuple(
        Column(key, entry["label"], entry["width"], entry.get("align", "left")) for key, entry in layout.items()
    )


def file_link(folder: str, file: str, sheet: str = "", cell: str = "") -> str:
    """Return the link from a report to a file below ``folder``, or to a cell in it; no file is no link."""
    if not file:
        return ""
    spelled = f"{folder}/{file}".translate(_ESCAPED)
    doubled = sheet.replace("'", "''")
    return f"external:{spelled}#'{doubled}'!{cell}" if sheet and cell else f"external:{spelled}"


def report_table(
    name: str,
    rows: Sequence[Row],
    records: Sequence[Mapping[str, Scalar]],
    *,
    landscape: bool = True,
    said: str = "",
    chart: Chart | None = None,
) -> Table:
    """Return a table with filters; ``said`` goes into its subtitle, without rows it says that there are none."""
    columns = report_columns(name)
    head = Row(tuple(Cell(column.label, "head") for column in columns))
    none = Cell(wording(f"report.{name}.none"), "muted", across=len(columns))
    return Table(
        name=wording(f"report.{name}.name"),
        title=wording(f"report.{name}.title"),
        columns=columns,
        head=(head,),
        body=tuple(rows) or (Row((none, *[None] * (len(columns) - 1))),),
        record_columns=columns,
        records=tuple(records),
        subtitle=wording(f"report.{name}.subtitle", said=said),
        landscape=landscape,
        filters=bool(rows),
        chart=chart if rows else None,
    )
