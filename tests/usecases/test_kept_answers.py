"""What is kept of a received file.

1. Whatever answers a file gives are read back as they were, by us and by whoever has only JSON.
2. What an older kohyo kept, every value by its name, still says the same, to the register and to the verification.
3. Each column of a row holds the part of the answer that it is called after.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.answer import FieldAnswer
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import Outcome
from kohyo.model.returned_file import ReturnedFile
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.model.value_json import value_to_json
from kohyo.verification.records import _answers
from kohyo.workspace.kept_answers import decode, encode
from tests.register.builders import answer

ISSUE = IssuedForm("R6-101-00-1", "setagaya-r6", "1", 2024, "土木部", 1, (), issued_after=0)
VALUES: st.SearchStrategy[FieldValue] = st.one_of(
    st.none(), st.text(), st.integers(), st.booleans(), st.sampled_from(Tick), st.dates(date(1950, 1, 1))
)
ANSWERS = st.builds(
    lambda value, base, leads, cover: answer(value, base, leads=leads, control=ISSUE.control, sha256="f")._replace(
        from_cover=cover
    ),
    VALUES,
    VALUES,
    st.booleans(),
    st.booleans(),
)


def _file(answers: list[FieldAnswer]) -> ReturnedFile:
    return ReturnedFile("f.xlsx", "f", Outcome.ACCEPTED, ISSUE, tuple(answers))


def _kept(file: ReturnedFile) -> dict[str, Any]:
    data = json.loads(json.dumps({"names": [file.file], **encode(file)}, ensure_ascii=False))
    assert isinstance(data, dict)
    return data


def _as_before(data: dict[str, Any]) -> dict[str, Any]:
    """Return the same as an older kohyo kept it."""
    answers = []
    for row in data["answers"]["rows"]:
        said = dict(zip(data["answers"]["columns"], row, strict=True))
        said["place"] = [said.pop("sheet"), said.pop("cell")]
        said["typed"] = said["value"] if said["typed"] is None else said["typed"]
        if not said.pop("cover"):
            answers.append(said)
        else:
            answers.append({**said, "cover": True})
    return {**data, "answers": answers}


@given(st.lists(ANSWERS, max_size=4))
def test_what_is_kept_is_read_back(answers: list[FieldAnswer]) -> None:
    """1, 2: As it was, in today's and in the older form."""
    file = _file(answers)
    data = _kept(file)
    assert decode(data, ISSUE).answers == file.answers
    assert decode(_as_before(data), ISSUE).answers == file.answers


@given(st.lists(ANSWERS, max_size=4))
def test_the_verification_reads_both(answers: list[FieldAnswer]) -> None:
    """2: The verifier, which knows nothing of our reader, finds the same in both."""
    data = _kept(_file(answers))
    form = {"department": "土木部", "round": 1, "issued_after": 0}
    told = list(_answers(data, form))
    assert [(said.cell, said.from_cover) for said in told] == [(one.place.cell, one.from_cover) for one in answers]
    assert told == list(_answers(_as_before(data), form))


@given(st.lists(ANSWERS, max_size=4))
def test_each_column_holds_what_it_is_called(answers: list[FieldAnswer]) -> None:
    """3: Whatever else stands in an answer, and in whatever order."""
    table = encode(_file(answers))["answers"]
    said = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    assert said == [_by_column(one) for one in answers]


def _by_column(one: FieldAnswer) -> dict[str, object]:
    return {
        "item": one.item,
        "field": one.field,
        "state": one.state.value,
        "leads": one.leads,
        "value": value_to_json(one.value),
        "base": value_to_json(one.base),
        "sheet": one.place.sheet,
        "cell": one.place.cell,
        "typed": None if one.typed == one.value else one.typed,
        "cover": one.from_cover,
    }
