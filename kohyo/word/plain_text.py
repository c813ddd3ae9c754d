"""What a Word document says, as plain text (文書の文字): a line a paragraph, a line a row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from kohyo.messages import wording

_BOM = b"\xef\xbb\xbf"


def plain_text(data: bytes) -> bytes:
    """Return the text of a document as a file that Windows' editors read: UTF-8 with BOM, CRLF."""
    document = docx.Document(BytesIO(data))
    lines = [line for block in document.iter_inner_content() for line in _lines(block)]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return _BOM + "\r\n".join([*kept, ""]).encode("utf-8")


def _lines(block: Any) -> Iterator[str]:  # noqa: ANN401 - a paragraph or a table
    if isinstance(block, Paragraph):
        text = block.text.strip()
        if (block.style.name if block.style else "").startswith("Heading"):
            yield ""
        yield from (_marked(block, text).split("\n") if text else [""])
    elif isinstance(block, Table):
        yield from (_row(row) for row in block.rows)
        yield ""


def _marked(paragraph: Paragraph, text: str) -> str:
    bullet = paragraph.style is not None and paragraph.style.name == "List Bullet"
    return wording("papers.bullet", text=text) if bullet else text


def _row(row: Any) -> str:  # noqa: ANN401 - python-docx has no type for it
    """Return the cells of a row, each once however many columns it spans, on one line."""
    cells: list[str] = []
    before = None
    for cell in row.cells:
        if cell._tc is not before:  # noqa: SLF001 - what tells a merged cell
            cells.append(" ".join(cell.text.split()))
        before = cell._tc  # noqa: SLF001 - likewise
    return wording("papers.cell").join(cells)
