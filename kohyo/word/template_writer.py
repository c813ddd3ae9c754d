"""Templates (様式) as Word files, from their sources; the same source gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kohyo.excel.style import palette
from kohyo.messages import wording
from kohyo.word.settled import settled
from kohyo.word.template_source import Block, source_blocks
from kohyo.word.word_table import CELL_MARGIN

_LONG, _SHORT, _MARGIN, _ACROSS = Mm(297), Mm(210), Mm(22), Mm(16)
"""The sides of A4; the margins of a page, and of one that lies across."""
_BODY, _CELL_SIZE, _SMALL, _TITLE, _HEADING = Pt(10.5), Pt(9.5), Pt(8), Pt(15), Pt(11.5)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINE, _CELL_LINE = 1.5, 1.35
"""Lines as multiples of the size: the font's own are 1.0 in LibreOffice and 1.3 in Word, so that both are told."""
_ROOM_TO_WRITE, _GAP = Mm(13), Pt(6)
_CELL = "Table Text"
_HEADED = {"title": "Title", "heading": "Heading 1", "list": "List Bullet"}


def template_bytes(template: str, font: str) -> bytes:
    """Return a shipped template as a Word file in a font; the title of the document is the template's."""
    document = docx.Document()
    _set_styles(document, font)
    writer = _Writer(document)
    blocks = source_blocks(template)
    _set_page(document.sections[0], landscape=any(block.kind == "landscape" for block in blocks))
    for block, after in zip(blocks, _followers(blocks), strict=True):
        writer.add(block, after)
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), wording(f"papers.templates.{template}"))


def _followers(blocks: Sequence[Block]) -> list[str]:
    """Return of each block what kind stands below it on the paper, where no tag is seen."""
    found: list[str] = []
    after = ""
    for block in reversed(blocks):
        found.append(after)
        if block.kind != "tag" or "{{p " in block.text:
            after = "table" if block.kind == "tag" else block.kind
    return found[::-1]


def _set_page(section: Any, *, landscape: bool) -> None:  # noqa: ANN401 - python-docx has no type for it
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    margin = _ACROSS if landscape else _MARGIN
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for field in ("PAGE", None, "NUMPAGES"):
        if field is None:
            footer.add_run(wording("papers.page_of"))
            continue
        element = OxmlElement("w:fldSimple")
        element.set(qn("w:instr"), field)
        footer._p.append(element)  # noqa: SLF001 - python-docx has no fields


def _set_styles(document: Any, font: str) -> None:  # noqa: ANN401 - likewise
    document.styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for name, size, bold in (
        ("Normal", _BODY, False),
        ("Title", _TITLE, True),
        ("Heading 1", _HEADING, True),
        ("List Bullet", _BODY, False),
        ("Footer", _SMALL, False),
        (_CELL, _CELL_SIZE, False),
    ):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = font, size, bold
        style.font.color.rgb = RGBColor.from_string(palette.INK.removeprefix("#"))
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        for side in ("w:eastAsia", "w:hAnsi", "w:cs"):
            fonts.set(qn(side), font)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_together = style.paragraph_format.widow_control = True
        style.paragraph_format.space_before = Pt(10 if name.startswith("Heading") else 0)
        _set_lines(style, _CELL_LINE if name == _CELL else _LINE)
    cell = document.styles[_CELL].paragraph_format
    cell.space_before = cell.space_after = Pt(2)
    for border in document.styles["Table Grid"].element.iter(*(qn(f"w:{side}") for side in _SIDES)):
        border.set(qn("w:color"), palette.LINE.removeprefix("#"))
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(12)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "ja-JP")
        language.set(qn("w:eastAsia"), "ja-JP")


def _set_lines(style: Any, times: float) -> None:  # noqa: ANN401 - likewise
    """Let lines be as tall in Word as in LibreOffice, however tall the font itself makes them."""
    style.paragraph_format.line_spacing = Pt(round(times * style.font.size.pt, 1))
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST


class _Writer:
    """Adds blocks to a document."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - likewise
        self._document = document

    def add(self, block: Block, after: str) -> None:
        """Add one block; of a list, and above a table, it stays on the page of what stands below it (``after``)."""
        if block.kind == "landscape":
            return
        if block.kind == "table":
            self._table(block)
            return
        paragraph = self._document.add_paragraph(block.text, style=_HEADED.get(block.kind))
        if after == "table" or block.kind == after == "list":
            paragraph.paragraph_format.keep_with_next = True
        if block.kind == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if block.kind == "text":
            paragraph.paragraph_format.space_before = Pt(4)
            paragraph.paragraph_format.first_line_indent = _BODY if not block.text[:1].isspace() else None
        if block.kind == "page":
            paragraph.add_run().add_break(WD_BREAK.PAGE)
            paragraph.paragraph_format.line_spacing = paragraph.paragraph_format.space_after = Pt(1)

    def _table(self, block: Block) -> None:
        """Add a table: the headings, and the row that is repeated, between the two tags of its loop."""
        table = self._document.add_table(rows=4, cols=len(block.headings), style="Table Grid")
        table.autofit = False
        _align(table)
        section = self._document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        widths = [int(room * width / sum(block.widths)) for width in block.widths]
        rows: Sequence[Sequence[str]] = (
            block.headings,
            [f"{{%tr for {block.text} %}}"],
            block.cells,
            ["{%tr endfor %}"],
        )
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, texts in zip(table.rows, rows, strict=True):
            for place, cell in enumerate(row.cells):
                cell.width = widths[place]
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                cell.text = texts[place] if place < len(texts) else ""
                cell.paragraphs[0].style = self._document.styles[_CELL]
                cell.paragraphs[0].paragraph_format.keep_with_next = block.whole or None
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no such rows
        if len(block.cells) < len(block.headings):
            table.rows[2].height, table.rows[2].height_rule = _ROOM_TO_WRITE, WD_ROW_HEIGHT_RULE.AT_LEAST
        _mark_heading(table.rows[0])
        self._document.add_paragraph().paragraph_format.line_spacing = _GAP


def _align(table: Any) -> None:  # noqa: ANN401 - likewise
    """Let the lines of a table begin and end where the text does."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no indents of tables
    margins, indent = OxmlElement("w:tblCellMar"), OxmlElement("w:tblInd")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    indent.set(qn("w:w"), str(CELL_MARGIN))
    indent.set(qn("w:type"), "dxa")
    place = properties.find(qn("w:tblLayout"))
    place.addprevious(indent)
    place.addnext(margins)


def _mark_heading(row: Any) -> None:  # noqa: ANN401 - likewise
    """Let a row be repeated on every page and read as a heading."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no heading rows
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), palette.BAND.removeprefix("#"))
        cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - likewise
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
            for run in paragraph.runs:
                run.font.bold = True
