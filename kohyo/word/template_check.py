"""Is a template (様式) sound: every field that it names is one it may use; what is wrong is told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes

from kohyo.messages import wording
from kohyo.word.fill import environment

Fields: TypeAlias = "Mapping[str, Fields | None]"
"""The fields that may be used; of a list the fields of its rows."""

_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_LONGEST = 30


@dataclass(frozen=True)
class TemplateFault:
    """What is wrong in a template: its kind (``field``, ``tag``), what it names, where, and what would do."""

    kind: str
    named: str
    place: str
    known: tuple[str, ...] = ()


def template_faults(data: bytes, fields: Fields) -> tuple[TemplateFault, ...]:
    """Return every wrong field and tag of a template; raise ValueError for what is no Word file."""
    try:
        document = DocxTemplate(BytesIO(data))
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise ValueError("no Word file") from error
    places = tuple(_places(document.docx))
    try:
        trees = [environment().parse(xml) for xml in _sources(document)]
    except TemplateError as error:
        return (_tag_fault(places, error),)
    found = {one: None for tree in trees for one in _wrong(tree, dict(fields))}
    return tuple(TemplateFault("field", name, _place_of(places, name), known) for name, known in found)


def _sources(document: DocxTemplate) -> Iterator[str]:
    """Yield the parts as the tags' reader sees them: the body, then headers and footers."""
    yield document.patch_xml(document.get_xml())
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            yield document.patch_xml(document.get_part_xml(part))


def _wrong(node: nodes.Node, scope: dict[str, Fields | None]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the wrong names below a node with the names that would do; loops bring names of their own."""
    if isinstance(node, nodes.For):
        yield from _wrong(node.iter, scope)
        rows = _rows_of(node.iter, scope)
        inner: dict[str, Fields | None] = {**scope, "loop": None}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = rows
        for child in (*node.body, *node.else_):
            yield from _wrong(child, inner)
    elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _wrong(node.node, scope)
        scope[node.target.name] = None
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        yield from _wrong_part(node.node.name, node.attr, scope)
    elif isinstance(node, nodes.Name) and node.ctx == "load":
        if node.name not in scope:
            yield node.name, tuple(scope)
    else:
        for child in node.iter_child_nodes():
            yield from _wrong(child, scope)


def _wrong_part(name: str, part: str, scope: Mapping[str, Fields | None]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield ``name.part`` where ``name`` is no row, or its rows have no such field."""
    if name not in scope:
        yield name, tuple(scope)
    elif name != "loop" and part not in (scope[name] or {}):
        yield f"{name}.{part}", tuple(scope[name] or ())


def _rows_of(node: nodes.Node, scope: Mapping[str, Fields | None]) -> Fields | None:
    return scope.get(node.name) if isinstance(node, nodes.Name) else None


def _places(document: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - python-docx has no type for it
    """Yield place and text of everything in a document that may hold tags."""
    for number, paragraph in enumerate(document.paragraphs, 1):
        yield wording("papers.place.paragraph", number=number, text=_short(paragraph.text)), paragraph.text
    yield from _in_tables(document.tables)
    for section in document.sections:
        for key, part in (("header", section.header), ("footer", section.footer)):
            for paragraph in part.paragraphs:
                yield wording(f"papers.place.{key}", text=_short(paragraph.text)), paragraph.text


def _in_tables(tables: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for number, table in enumerate(tables, 1):
        for row, line in enumerate(table.rows, 1):
            for column, cell in enumerate(line.cells, 1):
                words = {"number": number, "row": row, "column": column, "text": _short(cell.text)}
                yield wording("papers.place.table", **words), cell.text


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _place_of(places: Iterable[tuple[str, str]], name: str) -> str:
    """Return the place of the first tag that holds the name as a whole word."""
    whole = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    for place, text in places:
        if any(whole.search(tag) for tag in _TAG.findall(text)):
            return place
    return wording("papers.place.unknown")


def _tag_fault(places: Iterable[tuple[str, str]], error: TemplateError) -> TemplateFault:
    """Return the fault of a tag that cannot be read: the first that is not closed, else what the reader says."""
    for place, text in places:
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            return TemplateFault("tag", _short(text), place)
    return TemplateFault("tag", str(error.message), wording("papers.place.unknown"))
