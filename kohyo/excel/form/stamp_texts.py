"""The texts that the cells of a stamped form share (共有の文字列): the shape's own first, then those of each form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kohyo.excel.form.stamp_pattern import NoPatternError, filled_text, gap, gaps_of, spelled
from kohyo.excel.ooxml.ready_parts import Piece, ready
from kohyo.excel.style.written_texts import entry

_ENTRY = re.compile("<si>.*?</si>", re.DOTALL)
_SHARED = re.compile(r't="s"><v>(\d+)</v>')
_COUNT = re.compile(r' count="(\d+)" uniqueCount="\d+"')
_NOT_PLAIN = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x|^\\s|\\s$")
_TEXT_GAP = "text:"


class SharedTexts:
    """The texts of a shape of forms."""

    def __init__(self, part: str, texts: Sequence[str]) -> None:
        """Take the part of a pattern and the texts in it, in order; those with gaps are each form's own."""
        entries = _ENTRY.findall(part)
        if len(entries) != len(texts):
            raise NoPatternError
        own = [place for place, text in enumerate(texts) if gaps_of(text)]
        fixed = [place for place in range(len(texts)) if place not in set(own)]
        self.fixed = {texts[place]: str(rank) for rank, place in enumerate(fixed)}
        self._own = {str(place): texts[place] for place in own}
        self._ranks = {str(place): str(rank) for rank, place in enumerate(fixed)}
        counted = _COUNT.search(part)
        if counted is None:
            raise NoPatternError
        self.count = int(counted[1])
        self._head = part[: counted.start()]
        self._entries = ready("".join(entries[place] for place in fixed).encode())

    def with_gaps(self, xml: str) -> str:
        """Return a sheet of the pattern whose cells name the shape's texts by their places, and the others as gaps."""
        return _SHARED.sub(lambda found: f't="s"><v>{self._ranks.get(found[1]) or gap(_TEXT_GAP + found[1])}</v>', xml)

    def own(self, gaps: Collection[str], values: Mapping[str, str], form: FormTexts) -> dict[str, str]:
        """Return where the texts with gaps stand in a form, for those of the ``gaps`` that are places of texts."""
        places = (name for name in gaps if name.startswith(_TEXT_GAP))
        return {name: form.place(filled_text(self._own[name.removeprefix(_TEXT_GAP)], values)) for name in places}

    def part(self, form: FormTexts, count: int) -> list[Piece]:
        """Return the part of a form of whose cells ``count`` hold texts."""
        head = f'{self._head} count="{count}" uniqueCount="{len(form.places)}">'
        own = list(form.places)[len(self.fixed) :]
        return [head.encode(), self._entries, f"{''.join(map(_entry, own))}</sst>".encode()]


class FormTexts:
    """The texts of one form: where each stands."""

    def __init__(self, shared: SharedTexts) -> None:
        """Begin with the shape's own."""
        self.places = dict(shared.fixed)

    def place(self, text: str) -> str:
        """Return where a text stands, at the end if it is new."""
        return self.places.setdefault(text, str(len(self.places)))


def _entry(text: str) -> str:
    """Return a text as an entry: a plain one at once, any other as XlsxWriter spells it."""
    if not _NOT_PLAIN.search(text):
        return f"<si><t>{spelled(text)}</t></si>"
    return entry(text)
