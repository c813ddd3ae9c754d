"""The papers of the hearings (各課ヒアリング): who comes when, what is asked, what to write down, what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kohyo.messages import section, wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.register import Submission
from kohyo.papers.hearing_slots import Placement, Slot, place_hearings
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Filling, Paper, Record, paper_name, phrase, show_day
from kohyo.tables.divisions import DivisionPage, division_pages
from kohyo.tables.field_groups import kind_title, kinds_by, shown_fields
from kohyo.tables.field_text import show_field
from kohyo.tables.hearing import hearing_tables
from kohyo.text.dates import fiscal_year_label
from kohyo.text.tabs import file_stem

_WRITTEN = ("heard", "action", "by")
_TITLE = "title"


def _pages(occasion: Occasion) -> Sequence[DivisionPage]:
    sent = occasion.register.undecided_in(occasion.plan.cycle.year)
    pages = division_pages(occasion.plan, occasion.register.current, sent)
    if not pages:
        raise NothingToTellError("items")
    return pages


def _placement(occasion: Occasion) -> Placement:
    return place_hearings(occasion.plan.hearings, _pages(occasion))


def _paper(occasion: Occasion, key: str, department: str = "", /, **fields: Filling) -> Paper:
    name = paper_name(key)
    file = phrase("files.of", name=name, part=file_stem(department)) if department else name
    return Paper(name, file, key, file, {**occasion.common, "topics": _topics(occasion), **fields})


def _topics(occasion: Occasion) -> str:
    """Return what divisions are asked about: how their items stand, and what may be proposed on the form."""
    plan = occasion.plan
    progress = phrase("hearing.progress", year=fiscal_year_label(FiscalYear(plan.cycle.year)))
    proposed = (kind_title(plan, kind) for kind in kinds_by(plan, "blank") if not kind.form)
    return wording("text.list.joiner").join([progress, *proposed])


def hearing_days(occasion: Occasion) -> Iterator[Paper]:
    """Yield ヒアリング日程表; raise NothingToTellError where the definition has no days."""
    if not occasion.plan.hearings:
        raise NothingToTellError("hearings")
    placement = _placement(occasion)
    yield _paper(
        occasion,
        "hearing_days",
        rows=[{**_when(slot), **_who(page)} for slot, page in placement.placed],
        unplaced=[_who(page) for page in placement.unplaced],
    )


def _when(slot: Slot) -> Record:
    return {"day": show_day(slot.day), "time": slot.time, "room": slot.room}


def _who(page: DivisionPage) -> Record:
    counts = {"count": str(len(page.items)), "sent": str(len(page.submissions))}
    return {"department": page.department, "division": page.name, **counts}


def hearing_papers(occasion: Occasion) -> Iterator[Paper]:
    """Yield ヒアリング資料: by department, for every division what the printed book has under its own band."""
    pages = _pages(occasion)
    tables = hearing_tables(occasion.plan, occasion.register)[1:]
    before = ["", *(page.department for page in pages)]
    sections: list[Record] = [
        {"title": page.department if page.department != last else "", "table": table}
        for last, page, table in zip(before, pages, tables, strict=False)
    ]
    yield _paper(occasion, "hearing", sections=sections)


def hearing_records(occasion: Occasion) -> Iterator[Paper]:
    """Yield ヒアリング記録用紙 per department: its items and what it sent, and room to write."""
    pages = _pages(occasion)
    placed = _placement(occasion).placed
    for department in dict.fromkeys(page.department for page in pages):
        own = [page for page in pages if page.department == department]
        days = [(slot, page) for slot, page in placed if page.department == department]
        yield _paper(
            occasion,
            "hearing_record",
            department,
            department=department,
            rows=list(_asked(occasion, own)),
            days=[{**_when(slot), "division": page.name} for slot, page in days],
        )


def _asked(occasion: Occasion, pages: Sequence[DivisionPage]) -> Iterator[Record]:
    """Yield what a department is asked: by division, then once what it sent for all of its divisions."""
    standing = Counter(sent.id for page in pages for sent in page.submissions)
    shared = {sent.id: sent for page in pages for sent in page.submissions if standing[sent.id] > 1}
    for page in pages:
        for item in page.items:
            yield {"division": page.name, "number": str(item.number), "title": item.title}
        for sent in (sent for sent in page.submissions if sent.id not in shared):
            yield {"division": page.name, **_about(occasion.plan, sent)}
    for sent in shared.values():
        yield {"division": phrase("hearing.whole"), **_about(occasion.plan, sent)}


def _about(plan: Plan, sent: Submission) -> Record:
    return {"number": phrase("hearing.no_number"), "title": _what_was_sent(plan, sent)}


def _what_was_sent(plan: Plan, sent: Submission) -> str:
    """Return what was sent in a few words: its kind, and its title or else the first sentence of what it says."""
    fields = [field for field in shown_fields(plan, sent.kind) if sent.values.get(field.name)]
    telling = sorted(fields, key=lambda field: (field.name != _TITLE, field.type != "multiline"))
    said = [show_field(plan, field, sent.values.get(field.name)).split("\n")[0] for field in telling[:1]]
    return wording("printed.line", label=kind_title(plan, plan.sheet_kind(sent.kind)), value="".join(said))


def record_headings() -> dict[str, str]:
    """Return the headings by which a record that came back is read, by their names."""
    return dict(section("papers")["record"])


def hearing_results(occasion: Occasion) -> Iterator[Paper]:
    """Yield ヒアリング結果 from the records that hold anything; raise NothingToTellError where none does."""
    rows: list[Record] = [dict(row) for row in occasion.heard if any(row[name] for name in _WRITTEN)]
    if not rows:
        raise NothingToTellError("records")
    yield _paper(occasion, "hearing_result", rows=rows)
