"""What a Word document says, as plain text (文書の文字): a line a paragraph, a line a row of a table.

The letterhead stands first and what is at the foot of the page last; page numbers are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from kohyo.messages import wording
from kohyo.word.visible_text import blocks, visible

_BOM = b"\xef\xbb\xbf"
_NUMBERED = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def plain_text(data: bytes) -> bytes:
    """Return the text of a document as a file that Windows' editors read: UTF-8 with BOM, CRLF."""
    document = docx.Document(BytesIO(data))
    lines = [*_margin(document, "header"), *_body(document), *_margin(document, "footer")]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return _BOM + "\r\n".join([*kept, ""]).encode("utf-8")


def _body(document: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx has no type for it
    yield from (line for element in blocks(document.element.body) for line in _lines(element, document))


def _margin(document: Any, kind: str) -> Iterator[str]:  # noqa: ANN401 - likewise
    """Yield what stands above or below the pages, but not the numbers of pages.

    What several sections, or the first page and the others, say alike is said once.
    """
    told: set[str] = set()
    for section in document.sections:
        parts = [getattr(section, kind)]
        if section.different_first_page_header_footer:
            parts.insert(0, getattr(section, f"first_page_{kind}"))
        for part in parts:
            if not part.is_linked_to_previous:
                elements = [element for element in blocks(part._element) if not _is_page_number(element)]  # noqa: SLF001 - what holds its blocks
                lines = [line for element in elements for line in _lines(element, document) if line]
                yield from (line for line in lines if line not in told)
                told.update(lines)


def _is_page_number(element: Any) -> bool:  # noqa: ANN401 - likewise
    simple = (field.get(qn("w:instr")) or "" for field in element.iter(qn("w:fldSimple")))
    long = (field.text or "" for field in element.iter(qn("w:instrText")))
    return any(code.strip().split(" ")[0] in _NUMBERED for code in (*simple, *long) if code.strip())


def _lines(element: Any, document: Any) -> Iterator[str]:  # noqa: ANN401 - likewise
    if element.tag == qn("w:tbl"):
        yield from (_row(row) for row in Table(element, document).rows)
        yield ""
        return
    paragraph, text = Paragraph(element, document), visible(element).strip()
    style = paragraph.style.name if paragraph.style else ""
    if (style or "").startswith("Heading"):
        yield ""
    marked = wording("papers.bullet", text=text) if style == "List Bullet" else text
    yield from marked.split("\n") if text else [""]


def _row(row: Any) -> str:  # noqa: ANN401 - likewise
    """Return the cells of a row, each once however many columns it spans, on one line."""
    cells: list[str] = []
    before = None
    for cell in row.cells:
        if cell._tc is not before:  # noqa: SLF001 - what tells a merged cell
            cells.append(" ".join(visible(cell._tc).split()))  # noqa: SLF001 - likewise
        before = cell._tc  # noqa: SLF001 - likewise
    return wording("papers.cell").join(cells)
