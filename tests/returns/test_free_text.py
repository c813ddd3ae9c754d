"""A free text of which there is nothing to say is taken at one look, and so is as the whole reading takes it.

1. Whatever stands in the cell, beside it and in the form as it went out: the same answers, the same findings.
2. Most texts are taken at one look.
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

_LOOK = "_free_text"
_ASKED = 400
_TEXTS: tuple[RawValue, ...] = (
    "窓口を一つにする", "窓口を一つにする。", "", " ", "\u200b", "一行\r\n二行", "\x01", "𠮷" * 401, "あ" * 401,
    "𠮷" * 300,
    "効果を検証する", "50%", "1,5", 12, 12.0, 0.5, True, None, "=A1", "総務部、土木部",
)  # fmt: skip
_FACES = (
    None,
    Face(Look.STRUCK, "残り"), Face(Look.ERASED, ""), Face(Look.PLAIN, "x", unseen=True), Face(Look.PERCENT, "50%")
)  # fmt: skip


def _bent(answers: Mapping[str, RawAnswer], chance: random.Random) -> dict[str, RawAnswer]:
    """Return the answers with other texts, and now and then with something beside or over them."""
    bent = dict(answers)
    for name, answer in answers.items():
        if chance.random() < 0.5:
            bent[name] = answer._replace(value=chance.choice(_TEXTS))
        match chance.randrange(30):
            case 0:
                bent[name] = bent[name]._replace(note=chance.choice(["formula", "error", "uncalculated"]))
            case 1:
                bent[name] = bent[name]._replace(comment="見てください")
            case 2:
                bent[name] = bent[name]._replace(apart={"E9": "続き"})
            case 3:
                bent[name] = bent[name]._replace(face=chance.choice(_FACES))
            case 4:
                bent[name] = bent[name]._replace(hidden=True)
    return bent


def _trusted(plan: Plan, answers: Mapping[str, RawAnswer]) -> tuple[tuple[Answers, ...], list[Finding]]:
    known = {name: answer.value for name, answer in filled(plan, "item").items() if isinstance(answer.value, str)}
    return trust_sheet(plan, raw_sheet(plan, answers), sheet_issue(plan, **known))


def test_a_text_taken_at_one_look_is_as_the_whole_reading_takes_it(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers and findings with and without the look, which many texts pass (1, 2)."""
    chance = random.Random(11)  # noqa: S311 - which answers are tried
    cases = [_bent(filled(plan, "item"), chance) for _ in range(_ASKED)]
    looked: list[str | None] = []
    look = getattr(validate._Reading, _LOOK)

    def noted(*about: object) -> str | None:
        looked.append(look(*about))
        return looked[-1]

    monkeypatch.setattr(validate._Reading, _LOOK, noted)
    quick = [_trusted(plan, case) for case in cases]
    monkeypatch.setattr(validate._Reading, _LOOK, lambda *_: None)
    assert [_trusted(plan, case) for case in cases] == quick
    assert len(looked) / 4 < sum(text is not None for text in looked) < len(looked)
