"""Requirements: 1 whatever the register holds comes back; 2 also over another state; 3 saving again changes nothing.

4 it comes back from JSON as well.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kohyo.definition.load import shipped
from kohyo.excel.register_book import load_register
from kohyo.model.register import Register
from kohyo.model.register_json import register_from_json, register_to_json
from tests.excel.register_book.register_samples import new_register, registers, save

PLAN = shipped("setagaya-r6")
SETTINGS = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a register of any size would be shrunk for minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def ordered(register: Register) -> Register:
    """Return the register with its submissions in one order: each kind has a sheet of its own."""
    return replace(register, submissions=tuple(sorted(register.submissions, key=lambda entry: entry.id)))


@SETTINGS
@given(registers(PLAN))
def test_json_gives_the_same_register_back(register: Register) -> None:
    """To the type of every value (4)."""
    data = json.dumps(register_to_json(register), ensure_ascii=False).encode("utf-8", "surrogatepass")
    found = register_from_json(json.loads(data))
    assert found == register
    assert repr(found) == repr(register).replace(", fold=1", "")


@SETTINGS
@given(registers(PLAN))
def test_whatever_the_register_holds_comes_back(register: Register) -> None:
    """Texts, numbers, dates, ticks and their origins are read back as they were saved, and nothing is found wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = new_register(Path(folder), PLAN, register)
        loaded = load_register(path, PLAN)
        before = path.read_bytes()
        assert ordered(loaded.register) == ordered(register)
        assert (loaded.edits, loaded.blocking) == ((), ())
        assert not save(path, PLAN, loaded.register).changed
        assert path.read_bytes() == before


@SETTINGS
@given(registers(PLAN), st.data())
def test_a_state_replaces_another_in_place(old: Register, data: st.DataObject) -> None:
    """Saved over another state, the register holds the new one; only rows that are never given up must stay."""
    new = data.draw(registers(PLAN).filter(lambda found: len(found.items) >= len(old.items)))
    new = replace(new, submissions=old.submissions, changes=(*old.changes, *new.changes))
    with tempfile.TemporaryDirectory() as folder:
        path = new_register(Path(folder), PLAN, old)
        save(path, PLAN, new)
        loaded = load_register(path, PLAN).register
        assert {item.id: item for item in loaded.items} == {item.id: item for item in new.items}
        assert (loaded.entries, loaded.changes, loaded.conflicts) == (new.entries, new.changes, new.conflicts)
        assert sorted(map(repr, loaded.receipts)) == sorted(map(repr, new.receipts))
