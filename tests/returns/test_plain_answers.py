"""Ticks as the form shows them and texts that are only shown are read at one look, as the whole reading reads them.

1. Whatever stands in the cell, over it and in the form as it went out: the same answers, the same findings.
2. Most ticks, and most texts that are only shown, pass the look.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from kohyo.model.face import Face, Look
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answers, RawAnswer
from kohyo.model.value import RawValue
from kohyo.returns import validate
from kohyo.returns.validate import trust_sheet
from tests.returns.builders import filled, raw_sheet, sheet_issue

_TICKS, _TEXTS = "_shown_ticks", "_still_says"
_ASKED = 400
_TYPED: tuple[RawValue, ...] = (
    "○", "〇", "－", "-", "不明", " ○", "", " ", "\u200b", "たぶん", 1, 0, True, None, 2.0,
    "1-1", "一行\r\n二行", "一行\n二行", "\x01", "庁舎", 12,
)  # fmt: skip
_KNOWN = ("1-1", "一行\r\n二行", "一行\n二行", "\x01", " ", "", "庁舎")
_SHOWN = ("number", "former_number", "owners")


def _bent(answers: Mapping[str, RawAnswer], chance: random.Random) -> dict[str, RawAnswer]:
    """Return the answers with other ticks and texts, and now and then with something over them."""
    bent = {**answers}
    for name, answer in answers.items():
        if chance.random() < 0.5:
            bent[name] = answer._replace(value=chance.choice(_TYPED))
        match chance.randrange(25):
            case 0:
                bent[name] = bent[name]._replace(note=chance.choice(["formula", "error", "uncalculated"]))
            case 1:
                bent[name] = bent[name]._replace(comment="見てください")
            case 2:
                bent[name] = bent[name]._replace(face=Face(Look.STRUCK, "残り"))
            case 3:
                bent[name] = bent[name]._replace(hidden=True)
    return bent


def _trusted(
    plan: Plan, answers: Mapping[str, RawAnswer], known: Mapping[str, str]
) -> tuple[tuple[Answers, ...], list[Finding]]:
    return trust_sheet(plan, raw_sheet(plan, answers), sheet_issue(plan, **known))


def test_what_is_read_at_one_look_is_as_the_whole_reading_reads_it(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers and findings with and without the looks, which many pass (1, 2)."""
    chance = random.Random(12)  # noqa: S311 - which answers are tried
    cases = []
    for _ in range(_ASKED):
        known = {name: chance.choice(_KNOWN) for name in _SHOWN}
        answers = _bent(filled(plan, "item"), chance)
        for name in _SHOWN:
            if name in answers and chance.random() < 0.7:
                answers[name] = answers[name]._replace(value=known[name])
        cases.append((answers, known))
    said: list[bool] = []
    look = getattr(validate, _TEXTS)

    def noted(*about: object) -> bool:
        said.append(look(*about))
        return said[-1]

    monkeypatch.setattr(validate, _TEXTS, noted)
    quick = [_trusted(plan, *case) for case in cases]
    monkeypatch.setattr(validate, _TEXTS, lambda *_: False)
    monkeypatch.setattr(validate, _TICKS, dict[str, object])
    assert [_trusted(plan, *case) for case in cases] == quick
    assert len(said) / 10 < sum(said) < len(said)
