"""The tags of a template (様式) one by one: written right, closed where opened, and nothing beside them gets lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from kohyo.word.template_places import TagPlace, short

_TAG = re.compile(r"\{([{%])[-+]?(?:(p|tr|tc|r)(?=\s))?(.*?)[-+]?[%}]\}", re.DOTALL)
_ONE = re.compile(r"(?<![{\w])\{\s*([^{}%]+?)\s*\}(?!\})")
_SIGNS = ("{{", "}}", "{%", "%}")
_ENDS = {"for": "endfor", "if": "endif"}
_BETWEEN = ("else", "elif", "set")
_WORDS = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Template, nodes.Concat)
_RULES = (nodes.For, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.CondExpr, nodes.Assign, nodes.Compare)
_FILTERS = frozenset({"default", "d", "length", "count", "trim", "replace", "upper", "lower"})
_TESTS = frozenset({"defined", "undefined", "none"})
_SAME = frozenset({"eq", "ne", "in", "notin"})


@dataclass(frozen=True)
class TemplateFault:
    """What is wrong in a template: its kind (``field``, ``tag`` …), what it names, where, and what would do."""

    kind: str
    named: str
    place: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tag:
    """A tag: a rule (``for``) or a field, for what part of the document, and its words; ``whole`` is all of it."""

    rule: bool
    part: str
    words: str
    whole: str

    @property
    def verb(self) -> str:
        """The first word of a rule."""
        return self.words.split(maxsplit=1)[0] if self.rule and self.words else ""


@dataclass
class TagScan:
    """Goes through the paragraphs in their order and keeps in mind what is open; ``tables`` are names of tables."""

    reader: SandboxedEnvironment
    names: Collection[str]
    tables: Collection[str]
    open: list[tuple[Tag, TagPlace]] = field(default_factory=list)

    def faults(self, places: Sequence[TagPlace]) -> Iterator[TemplateFault]:
        """Yield every fault of the tags."""
        for place in places:
            tags = list(tags_of(place.text))
            yield from self._spelled(place, tags)
            for tag in tags:
                yield from self._fault(place, tag, places)
        for tag, place in self.open:
            yield TemplateFault("open", tag.whole, place.label, (_ENDS[tag.verb],))

    def _spelled(self, place: TagPlace, tags: Sequence[Tag]) -> Iterator[TemplateFault]:
        """Yield what is meant as a tag and is none: full-width signs, one brace, one that is not closed."""
        rest = _TAG.sub("", place.text)
        one = next((found for found in _ONE.finditer(rest) if found[1] in self.names), None)
        if _is_wide(rest):
            yield TemplateFault("wide", short(rest), place.label)
        elif one:
            yield TemplateFault("single", one[0], place.label)
        elif any(sign in rest for sign in _SIGNS):
            yield TemplateFault("tag", short(place.text), place.label)
        whole = [tag for tag in tags if tag.part in ("p", "tr")]
        if whole and (len(tags) > 1 or rest.strip()):
            yield TemplateFault("beside", whole[0].whole, place.label)

    def _fault(self, place: TagPlace, tag: Tag, places: Sequence[TagPlace]) -> Iterator[TemplateFault]:
        if tag.verb in _ENDS:
            self.open.append((tag, place))
        if tag.part == "tr" and place.row is None:
            yield TemplateFault("row", tag.whole, place.label)
        elif tag.part == "tr" and any(
            other.row is place.row and other.text.strip() and other is not place for other in places
        ):
            yield TemplateFault("beside", tag.whole, place.label)
        if tag.rule and tag.verb in _ENDS.values():
            yield from self._closed(place, tag)
        elif not self._reads(tag):
            yield TemplateFault("tag", tag.whole, place.label)
        elif not self._is_plain(tag) or (not tag.rule and tag.part not in ("", "p")):
            yield TemplateFault("form", tag.whole, place.label)
        elif not tag.rule and (tag.part == "p") != (_last(tag.words) in self.tables):
            yield TemplateFault("text" if tag.part == "p" else "table", tag.words, place.label)

    def _closed(self, place: TagPlace, tag: Tag) -> Iterator[TemplateFault]:
        """Yield the fault of an end: nothing was opened, something else, or in another part of the document."""
        if not self.open:
            yield TemplateFault("close", tag.whole, place.label)
            return
        begun, there = self.open.pop()
        held = (begun.part, there.table if begun.part == "tr" else there.holder)
        holds = (tag.part, place.table if begun.part == "tr" else place.holder)
        if _ENDS[begun.verb] != tag.verb or held[0] != holds[0] or held[1] is not holds[1]:
            yield TemplateFault("crossed", tag.whole, place.label, (begun.whole,))

    def _reads(self, tag: Tag) -> bool:
        try:
            self.reader.parse(_alone(tag))
        except TemplateError:
            return False
        return True

    def _is_plain(self, tag: Tag) -> bool:
        """Tell whether a tag says only what cannot fail once its fields are known."""
        tree = self.reader.parse(_alone(tag))
        return all(_is_plain(node) for node in tree.find_all(nodes.Node))


def tags_of(text: str) -> Iterator[Tag]:
    """Yield the tags of a paragraph."""
    for found in _TAG.finditer(text):
        yield Tag(found[1] == "%", found[2] or "", found[3].strip(), found[0])


def _is_wide(text: str) -> bool:
    """Tell whether signs of tags were typed as wide as a Japanese character."""
    folded = unicodedata.normalize("NFKC", text)
    return any(folded.count(sign) > text.count(sign) for sign in _SIGNS)


def _last(words: str) -> str:
    return words.rpartition(".")[2]


def _alone(tag: Tag) -> str:
    """Return a tag as a template of its own."""
    if not tag.rule:
        return f"{{{{ {tag.words} }}}}"
    if tag.verb in _ENDS:
        return f"{{% {tag.words} %}}{{% {_ENDS[tag.verb]} %}}"
    return f"{{% if 1 %}}{{% {tag.words} %}}{{% endif %}}" if tag.verb in _BETWEEN else f"{{% {tag.words} %}}"


def _is_plain(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Filter):
        return node.name in _FILTERS
    if isinstance(node, nodes.Test):
        return node.name in _TESTS
    if isinstance(node, nodes.Operand):
        return node.op in _SAME
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name)
    return isinstance(node, (*_WORDS, *_RULES))
