"""Reports to the assembly's committee (常任委員会報告): what is new since a version, and the comparison with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kohyo.messages import wording
from kohyo.model.comparison import Comparison, Difference, Revision
from kohyo.model.table import Table
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper, Record, paper_name, phrase
from kohyo.tables.comparison import comparison, kinds


def midyear_reports(occasion: Occasion) -> Iterator[Paper]:
    """Yield the report of September: the items that were added since the version."""
    compared = _known(occasion.compared)
    added = tuple(revision for revision in compared.changed if Difference.ADDED in revision.differences)
    yield _report(occasion, "midyear", replace(compared, revisions=added))


def revised_reports(occasion: Occasion) -> Iterator[Paper]:
    """Yield the report of February: everything that changes from the version to the plan of the year that follows."""
    yield _report(occasion, "revised", _known(occasion.coming))


def _known(compared: Comparison | None) -> Comparison:
    if compared is None:
        raise NothingToTellError("versions")
    return compared


def _report(occasion: Occasion, key: str, compared: Comparison) -> Paper:
    if not compared.changed:
        raise NothingToTellError("no_difference", old=compared.old)
    name, common = paper_name(key), occasion.common
    words = {word: common[word] for word in ("plan", "year", "next_year")}
    compared = replace(compared, new=phrase(f"committee.{key}.new", **words))
    counts = [
        phrase("counted", kind=wording(f"comparison.kinds.{kind.value}"), count=compared.counts[kind])
        for kind in Difference
        if compared.counts.get(kind)
    ]
    told = [revision for revision in compared.changed if not revision.is_renumbered_alone]
    others = len(compared.changed) - len(told)
    table = comparison(occasion.plan, compared)
    return Paper(
        name=name,
        file=name,
        template="committee",
        title=phrase(f"committee.{key}.subject", **words),
        fields={
            **common,
            "subject": phrase(f"committee.{key}.subject", **words),
            "reason": phrase(f"committee.{key}.reason", **words),
            "old": compared.old,
            "new": compared.new,
            "counts": wording("text.list.joiner").join(counts),
            "list": [row for revision in told for row in _listed(revision)],
            "others": phrase("committee.others", count=others) if others else "",
            "tables": [{"table": table}],
            "note": phrase("committee.note") if _has_marks(table) else "",
            "milestones": occasion.after,
        },
        own_template=name,
    )


def _has_marks(table: Table) -> bool:
    """Tell whether any text of a comparison is marked as another than before."""
    return any(cell.runs or cell.mark == "changed" for row in table.body for cell in row.cells if cell)


def _listed(revision: Revision) -> Iterator[Record]:
    for item in revision.new or revision.old:
        yield {"number": str(item.number), "title": item.title, "owners": item.owners, "kind": kinds(revision)}
