"""What an edited definition changes, as sentences (定義の変更の文): for whoever asks what ``define`` would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from kohyo.definition.changes import DefinitionChange
from kohyo.definition.layout import sheet_spec
from kohyo.messages import wording
from kohyo.usecases.define import Defined
from kohyo.workspace.status_lines import moved_lines


def change_line(change: DefinitionChange) -> str:
    """Return a change as a sentence: the sheet of the definition, the row and what became of it."""
    spec = sheet_spec(change.sheet)
    single = not change.name
    headings = [_say("column", name=spec.heading(name)) for name in change.columns if _has(change, name)]
    return wording(
        f"define.kinds.{'single_' if single else ''}{change.kind.value}",
        sheet=spec.tab,
        name=change.name or change.code,
        code=change.code or spec.tab,
        before=change.before,
        columns=wording("text.list.joiner").join(headings) or _say("rows"),
    )


def _has(change: DefinitionChange, column: str) -> bool:
    return column in {known.name for known in sheet_spec(change.sheet).columns}


def exchanged_lines(result: Defined) -> Iterator[str]:
    """Yield a sentence for every row whose code seems to have been exchanged."""
    for one, two in result.exchanged:
        yield _say("exchanged", sheet=sheet_spec(one.sheet).tab, name=one.name, before=one.code, after=two.code)


def reworded_lines(result: Defined) -> Iterator[str]:
    """Yield a sentence for every choice that may be the same in other words."""
    for choice in result.reworded:
        yield _say("reworded", before=choice.before, after=choice.after)


def effect_lines(result: Defined) -> Iterator[str]:
    """Yield what the changes do to the register, to forms that are out and to tables, a sentence each."""
    for name in ("renamed", "added", "kept"):
        for column in getattr(result, name):
            yield wording(f"define.effects.{name}", **asdict(column))
    for tab in result.tabs:
        kind = "tab_added" if not tab.before else "tab_retired" if tab.retired else "tab"
        yield wording(f"define.effects.{kind}", before=tab.before, after=tab.after)
    yield from moved_lines(result.moved)
    joiner = wording("text.list.joiner")
    for name in ("forms", "made", "unmade", "altered"):
        names = getattr(result, name)
        if names:
            yield wording(f"define.effects.{name}", names=joiner.join(names))


def _say(key: str, **fields: object) -> str:
    return wording(f"define.{key}", **fields)
