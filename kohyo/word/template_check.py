"""Is a template (様式) sound: every field that it names is one it may use; what is wrong is told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes

from kohyo.messages import wording
from kohyo.word.fill import environment
from kohyo.word.template_places import TagPlace, short, tag_places
from kohyo.word.template_tags import TagScan, TemplateFault, tags_of

Fields: TypeAlias = "Mapping[str, Fields | None]"
"""The fields that may be used; of a list the fields of its rows."""

Wrong: TypeAlias = tuple[str, str, tuple[str, ...]]
"""What is wrong with a name: the kind of fault, the name, and what would do."""

_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_LOOP: Fields = dict.fromkeys(("first", "last", "index", "index0", "revindex", "length"))
_PROPERTIES = ("author", "category", "comments", "content_status", "identifier", "keywords", "language", "subject")


def template_faults(data: bytes, fields: Fields, tables: Iterable[str] = ()) -> tuple[TemplateFault, ...]:
    """Return every wrong field and tag of a template; raise ValueError for what is no Word file.

    ``tables`` are the names of fields that hold a table.
    """
    try:
        document = DocxTemplate(BytesIO(data))
        document.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise ValueError("no Word file") from error
    reader = environment()
    places = [*tag_places(document.docx), *_properties(document.docx)]
    told = tuple(TagScan(reader, set(_names(fields)), set(tables)).faults(places))
    try:
        trees = [reader.parse(xml) for xml in _sources(document)]
    except TemplateError:
        return told or (_somewhere(places),)
    found = {one: None for tree in trees for one in _wrong(tree, dict(fields))}
    named = (TemplateFault(kind, name, _place_of(places, name), known) for kind, name, known in found)
    return tuple(dict.fromkeys((*told, *named)))


def _names(fields: Fields) -> Iterator[str]:
    for name, inner in fields.items():
        yield name
        yield from _names(inner or {})


def _properties(document: Any) -> Iterator[TagPlace]:  # noqa: ANN401 - python-docx has no type for it
    """Yield the document's properties, whose tags are filled in as well."""
    for name in (*_PROPERTIES, "title"):
        text = str(getattr(document.core_properties, name) or "")
        if next(tags_of(text), None):
            yield TagPlace(wording("papers.place.property", text=short(text)), text, name)


def _sources(document: DocxTemplate) -> Iterator[str]:
    """Yield the parts as the tags' reader sees them: body, headers and footers, notes, properties."""
    yield document.patch_xml(document.get_xml())
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            yield document.patch_xml(document.get_part_xml(part))
    for part in document.docx.part.package.parts:
        if part.partname.endswith("/footnotes.xml"):
            yield document.patch_xml(part.blob.decode("utf-8"))
    yield from (place.text for place in _properties(document.docx))


def _wrong(node: nodes.Node, scope: dict[str, Fields | None]) -> Iterator[Wrong]:
    """Yield what is wrong with the names below a node; loops bring names of their own."""
    if isinstance(node, nodes.For):
        yield from _wrong_loop(node, scope)
    elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _wrong(node.node, scope)
        scope[node.target.name] = None
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        yield from _wrong_part(node.node.name, node.attr, scope)
    elif isinstance(node, nodes.Name) and node.ctx == "load":
        if node.name not in scope:
            yield "field", node.name, tuple(scope)
    else:
        for child in node.iter_child_nodes():
            if isinstance(node, nodes.Output) and isinstance(child, nodes.Name) and scope.get(child.name):
                yield "list", child.name, tuple(scope[child.name] or ())
            yield from _wrong(child, scope)


def _wrong_loop(node: nodes.For, scope: Mapping[str, Fields | None]) -> Iterator[Wrong]:
    """Yield what is wrong in a loop, whose rows have the fields of its list."""
    yield from _wrong(node.iter, dict(scope))
    rows = scope.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
    if rows is None and isinstance(node.iter, nodes.Name) and node.iter.name in scope:
        yield "not_list", node.iter.name, ()
    inner: dict[str, Fields | None] = {**scope, "loop": _LOOP}
    if isinstance(node.target, nodes.Name):
        inner[node.target.name] = rows or {}
    for child in (*node.body, *node.else_):
        yield from _wrong(child, inner)


def _wrong_part(name: str, part: str, scope: Mapping[str, Fields | None]) -> Iterator[Wrong]:
    """Yield ``name.part`` where ``name`` is no row, or its rows have no such field."""
    if name not in scope:
        yield "field", name, tuple(scope)
    elif part not in (scope[name] or {}):
        yield "field", f"{name}.{part}", tuple(scope[name] or ())


def _place_of(places: Iterable[TagPlace], name: str) -> str:
    """Return the place of the first tag that is the name alone, else of one that holds it as a whole word."""
    alone = re.compile(rf"\{{\{{\s*{re.escape(name)}\s*\}}\}}")
    whole = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    tagged = [(place.label, tag) for place in places for tag in _TAG.findall(place.text)]
    for sought in (alone, whole):
        if found := next((label for label, tag in tagged if sought.search(tag)), ""):
            return found
    return wording("papers.place.unknown")


def _somewhere(places: Iterable[TagPlace]) -> TemplateFault:
    """Return the fault of a template that cannot be read though every tag can: the first place with a tag."""
    tagged = [place for place in places if _TAG.search(place.text)]
    label = tagged[0].label if tagged else wording("papers.place.unknown")
    return TemplateFault("tag", short(tagged[0].text) if tagged else "", label)
