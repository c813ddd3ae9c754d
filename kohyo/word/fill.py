"""A template (様式) filled with the fields of a paper (文書); nothing that the fields hold is taken for a tag."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from kohyo.model.table import Table
from kohyo.word.settled import settled
from kohyo.word.word_table import WordTable

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_COMPANY = 3  # rows at the end of a table that stay together
_TWIPS = 635  # units of python-docx in a twentieth of a point
_PER_POINT = 20


def environment() -> SandboxedEnvironment:
    """Return what reads a template's tags: nothing beyond the fields can be reached, an unknown one is an error."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def filled(template: bytes, fields: Mapping[str, object], title: str) -> bytes:
    """Return the document: a checked template with its fields in it; the same input gives the same bytes."""
    document = DocxTemplate(BytesIO(template))
    document.init_docx()
    section = document.docx.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) // _TWIPS
    height = (section.page_height - section.top_margin - section.bottom_margin) / _TWIPS / _PER_POINT
    context = {name: _shown(value, room, height) for name, value in fields.items()}
    document.render(context, environment(), autoescape=True)
    _give_company(document.docx)
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), title)


def _give_company(document: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Let the last rows of each table stay together, so that none stands alone on a page."""
    for table in document.tables:
        for row in table._tbl.tr_lst[-_COMPANY:-1]:  # noqa: SLF001 - what python-docx has of rows is slow
            for paragraph in row.iter(qn("w:p")):
                properties = paragraph.get_or_add_pPr()
                if properties.find(qn("w:keepNext")) is None:
                    properties._insert_keepNext(properties._new_keepNext())  # noqa: SLF001 - it knows the order


def _shown(value: object, room: int, height: float) -> Any:  # noqa: ANN401 - what a template takes
    if isinstance(value, Table):
        return WordTable(value, room, height)
    if isinstance(value, Mapping):
        return {name: _shown(entry, room, height) for name, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_shown(entry, room, height) for entry in value]
    return _UNPRINTABLE.sub("", str(value))
