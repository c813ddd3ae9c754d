"""Where the tags of a template (様式) stand: its paragraphs in their order, each with a place that people find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from kohyo.messages import wording

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TC, _TR, _TBL, _BOX = (qn(f"w:{name}") for name in ("p", "tc", "tr", "tbl", "txbxContent"))
_LONGEST = 30


@dataclass(frozen=True)
class TagPlace:
    """A paragraph of a template: where it is, what it says, what holds it, and of one in a table row and table."""

    label: str
    text: str
    holder: Any
    row: Any = None
    table: Any = None


def tag_places(document: Any) -> Iterator[TagPlace]:  # noqa: ANN401 - python-docx has no type for it
    """Yield the paragraphs of a document: the body's, then those of headers and footers."""
    yield from _paragraphs(document.element.body, "paragraph")
    for section in document.sections:
        for kind in ("header", "footer"):
            parts = [getattr(section, f"{page}{kind}") for page in ("", "first_page_", "even_page_")]
            for part in (part for part in parts if not part.is_linked_to_previous):
                yield from _paragraphs(part._element, kind)  # noqa: SLF001 - what holds its paragraphs


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _paragraphs(root: Any, kind: str) -> Iterator[TagPlace]:  # noqa: ANN401 - likewise
    seen: Counter[str] = Counter()
    tables = list(root.iter(_TBL))
    for paragraph in root.iter(_P):
        above = list(paragraph.iterancestors())
        if any(one.tag == _FALLBACK for one in above):
            continue
        tags = [one.tag for one in above]
        text = _own_text(paragraph)
        holder = paragraph.getparent()
        if _TC in tags:
            cell, row, table = (above[tags.index(tag)] for tag in (_TC, _TR, _TBL))
            yield TagPlace(_in_table(tables.index(table) + 1, table, row, cell, text), text, holder, row, table)
        elif _BOX in tags:
            yield TagPlace(wording("papers.place.box", text=short(text)), text, holder)
        else:
            seen[kind] += 1
            yield TagPlace(wording(f"papers.place.{kind}", number=seen[kind], text=short(text)), text, holder)


def _own_text(paragraph: Any) -> str:  # noqa: ANN401 - likewise
    """Return the text of a paragraph without what stands in boxes that hang on it."""
    texts = (text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(_P)) is paragraph)
    return "".join(text.text or "" for text in texts)


def _in_table(number: int, table: Any, row: Any, cell: Any, text: str) -> str:  # noqa: ANN401 - likewise
    rows, cells = list(table.iter(_TR)), list(row.iterchildren(_TC))
    column = cells.index(cell) + 1 if cell in cells else 1
    return wording("papers.place.table", number=number, row=rows.index(row) + 1, column=column, text=short(text))
