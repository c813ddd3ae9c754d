"""What a reader sees of a Word document (見える文字).

Also what a review inserted, and what stands in a content control or a text box; not what a review struck out, or what
is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = frozenset(
    {_FALLBACK, *(qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "tblPr", "tcPr", "sdtPr"))}
)
_SIGNS = {qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
_OFF = frozenset({"0", "false", "off"})


def visible(element: Any) -> str:  # noqa: ANN401 - python-docx has no type for it
    """Return the text of a paragraph, a cell or whatever holds text; paragraphs stand on lines of their own."""
    paragraphs = (child for child in _content(element) if child.tag in (qn("w:p"), qn("w:tbl")))
    if element.tag == qn("w:p"):
        return "".join(_pieces(element))
    return "\n".join(_table_text(child) if child.tag == qn("w:tbl") else visible(child) for child in paragraphs)


def blocks(element: Any) -> Iterator[Any]:  # noqa: ANN401 - likewise
    """Yield the paragraphs and tables of a body, a header or a cell, in their order."""
    yield from (child for child in _content(element) if child.tag in (qn("w:p"), qn("w:tbl")))


def _content(element: Any) -> Iterator[Any]:  # noqa: ANN401 - likewise
    """Yield what stands in an element; what a review or a content control holds stands there itself."""
    for child in element:
        if child.tag in _WRAPPERS:
            yield from _content(child)
        else:
            yield child


def _table_text(table: Any) -> str:  # noqa: ANN401 - likewise
    """Return the text of a table that stands inside a cell."""
    rows = (row for row in _content(table) if row.tag == qn("w:tr"))
    return "\n".join(" ".join(visible(cell) for cell in _content(row) if cell.tag == qn("w:tc")) for row in rows)


def _pieces(node: Any) -> Iterator[str]:  # noqa: ANN401 - likewise
    for child in node:
        if child.tag in _UNSEEN or (child.tag == qn("w:r") and _is_hidden(child)):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:br"):
            yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == qn("w:txbxContent"):
            yield f"\n{visible(child)}\n"
        else:
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:  # noqa: ANN401 - likewise
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) not in _OFF
