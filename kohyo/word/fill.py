"""A template (様式) filled with the fields of a paper (文書); nothing that the fields hold is taken for a tag."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from kohyo.model.table import Table
from kohyo.word.settled import settled
from kohyo.word.word_table import WordTable

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_TWIPS = 635  # units of python-docx in a twentieth of a point


def environment() -> SandboxedEnvironment:
    """Return what reads a template's tags: nothing beyond the fields can be reached, an unknown one is an error."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def filled(template: bytes, fields: Mapping[str, object], title: str) -> bytes:
    """Return the document: a checked template with its fields in it; the same input gives the same bytes."""
    document = DocxTemplate(BytesIO(template))
    document.init_docx()
    section = document.docx.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) // _TWIPS
    context = {name: _shown(value, room) for name, value in fields.items()}
    document.render(context, environment(), autoescape=True)
    stream = BytesIO()
    document.save(stream)
    return settled(stream.getvalue(), title)


def _shown(value: object, room: int) -> Any:  # noqa: ANN401 - what a template takes
    if isinstance(value, Table):
        return WordTable(value, room)
    if isinstance(value, Mapping):
        return {name: _shown(entry, room) for name, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_shown(entry, room) for entry in value]
    return _UNPRINTABLE.sub("", str(value))
