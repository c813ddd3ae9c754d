"""What the form itself prints (様式の印字), told apart from what somebody wrote."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache

from kohyo.definition.fields import all_fields, year_words
from kohyo.messages import section, wording
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.text.normalise import Key, key

_ANYWHERE = ("label", "head", "status", "remark", "example")
_BESIDE = ("remark",)
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_GAP = "\0"
_FILLED = ".{0,20}?"
_SHORTEST = 2
_LONGEST = 200
_BLOCKS = 99
_KEPT = 4096


class Printed:
    """The texts of a plan's form. What was said of a text is kept: most stand on every sheet of every return."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.is_remark = lru_cache(_KEPT)(self._is_remark)
        """Tell whether a text is what the form says beside an answer."""
        self.is_foreign = lru_cache(_KEPT)(self._is_foreign)
        """Tell whether a text beside an answer is somebody's, not the form's."""
        self.is_typed = lru_cache(_KEPT)(self._is_typed)
        """Tell whether a text anywhere is somebody's: none of the form's own, nor its remarks put together."""

    def _is_remark(self, text: str) -> bool:
        return bool(text.strip()) and self._says(key(text), _BESIDE)

    def _is_foreign(self, text: str) -> bool:
        return _is_written(text) and not self.is_remark(text)

    def _is_typed(self, text: str) -> bool:
        plain = key(text)
        return _is_written(text) and plain not in self._fixed and not self._says(plain, _ANYWHERE)

    def _says(self, plain: Key, tables: tuple[str, ...]) -> bool:
        if _marks().fullmatch(plain):
            return True
        if len(plain) > _LONGEST:
            return False
        for hint in self._hints:
            plain = Key(plain.replace(hint, ""))
        return _sentences(tables).fullmatch(plain) is not None

    @cached_property
    def _fixed(self) -> frozenset[Key]:
        """The texts that the definition puts on a sheet."""
        plan = self._plan
        words = year_words(plan.cycle.year)
        texts = [group.label for group in plan.groups]
        for kind in plan.sheets:
            title = kind.title.format(**words)
            texts += [title, kind.guide, kind.tab.format(**words, number="")]
            texts.append(wording("form.head.line", cycle=words["cycle"], plan=plan.plan.name, title=title))
            texts += [wording("form.label.block", title=title, block=block) for block in range(1, _BLOCKS + 1)]
        for field in all_fields(plan):
            texts += [field.label, wording("form.label.required", label=field.label), field.unit]
        texts += [wording(f"form.overview.{link}") for link in ("next", "all")]
        return frozenset(key(text) for text in texts if text)

    @cached_property
    def _hints(self) -> tuple[Key, ...]:
        """The hints, the longest first, so that one within another does not break it."""
        hints = {key(field.hint) for field in all_fields(self._plan) if field.hint}
        return tuple(sorted(hints, key=len, reverse=True))


@lru_cache(maxsize=KEPT_PLANS)
def printed(plan: Plan) -> Printed:
    """Return the texts that a plan's form prints."""
    return Printed(plan)


def _is_written(text: str) -> bool:
    text = text.strip()
    return bool(text) and not is_last_year(text)


def is_last_year(text: str) -> bool:
    """Tell whether a text is what the form shows of last year's answers, by the mark that it opens with."""
    opens, head = _last_year()
    return text.startswith(opens) or (text[:1] == head[:1] and key(text) == head)


@cache
def _last_year() -> tuple[str, Key]:
    """Return what last year's answers open with, and the key of the heading above them."""
    return wording("form.last_year.answer").partition("{")[0], key(wording("form.last_year.head"))


@cache
def _marks() -> re.Pattern[str]:
    """Return the pattern of what a correction says beside an answer, whatever the reason."""
    openings = "|".join(re.escape(key(wording(f"form.remark.{name}"))) for name in ("wrong", "look"))
    ending = key(wording("form.asks.mark", opening="", reason=""))
    return re.compile(f"(?:{openings}).*{re.escape(ending)}", re.DOTALL)


@cache
def _sentences(tables: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of the form's sentences one after another; what is nearly all filled in is left out."""
    catalogue = section("form")
    templates = [text for table in tables for text in catalogue[table].values()]
    split = [key(_PLACEHOLDER.sub(_GAP, text)).split(_GAP) for text in templates]
    known = [_FILLED.join(map(re.escape, pieces)) for pieces in split if len("".join(pieces)) >= _SHORTEST]
    return re.compile(f"(?:{'|'.join(known)})*")
