"""Text boxes over the cells of a bent book (図形), as a spreadsheet program stores them."""

from __future__ import annotations

from xml.sax.saxutils import escape

from kohyo.excel.ooxml.cell_reference import Position
from tests.bends.book import Comment, Page


def drawing(page: Page) -> str:
    """Return text boxes, each within its cell."""
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    boxes = "".join(_box(place, box) for place, box in sorted(page.boxes.items()))
    return f'<xdr:wsDr xmlns:xdr="{space}/spreadsheetDrawing" xmlns:a="{space}/main">{boxes}</xdr:wsDr>'


def _box(place: Position, box: Comment) -> str:
    corners = "".join(
        f"<xdr:{end}><xdr:col>{place[1]}</xdr:col><xdr:colOff>{offset}</xdr:colOff>"
        f"<xdr:row>{place[0]}</xdr:row><xdr:rowOff>{offset}</xdr:rowOff></xdr:{end}>"
        for end, offset in (("from", 1000), ("to", 9000))
    )
    text = f"<xdr:txBody><a:p><a:r><a:t>{escape(box.text)}</a:t></a:r></a:p></xdr:txBody>"
    return f"<xdr:twoCellAnchor>{corners}<xdr:sp>{text}</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
