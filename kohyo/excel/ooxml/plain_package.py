"""The package that the parser gets (読取り用のブック): made here, of what was inspected and of nothing else.

So no parser can open another archive, another part or another cell than the safety pass looked over: it never sees
the file that came back.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

from kohyo.excel.ooxml.fast_scan import MAIN

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def plain_package(
    sheets: Sequence[tuple[str, bytes]], *, texts: bytes | None, styles: bytes | None, date1904: bool
) -> bytes:
    """Return a workbook of named worksheet parts, shared texts and styles, uncompressed."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _) in enumerate(sheets, start=1)
    )
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN[0]}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(date1904)}"/>'
            f"<sheets>{listed}</sheets></workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relationships(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
            + [("sharedStrings", "sharedStrings.xml")] * (texts is not None)
            + [("styles", "styles.xml")] * (styles is not None)
        ),
        **{f"xl/worksheets/sheet{number}.xml": content for number, (_, content) in enumerate(sheets, start=1)},
    }
    if texts is not None:
        parts["xl/sharedStrings.xml"] = texts
    if styles is not None:
        parts["xl/styles.xml"] = styles
    return _packed(parts)


def plain_styles(formats: dict[int, str], cells: Sequence[int]) -> bytes:
    """Return a part of styles that says of every cell style by what number format it is shown."""
    own = "".join(f'<numFmt numFmtId="{key}" formatCode="{escape(code)}"/>' for key, code in formats.items())
    used = "".join(f'<xf numFmtId="{number}"/>' for number in cells)
    return (f'<styleSheet xmlns="{MAIN[0]}"><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>').encode()


def _relationships(targets: Sequence[tuple[str, str]]) -> bytes:
    linked = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{linked}</Relationships>'.encode()


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()
