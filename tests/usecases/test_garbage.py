"""Looking for garbage seldom ends with the command (使われなくなったデータ)."""

from __future__ import annotations

import gc

import pytest

from kohyo.workspace.garbage import seldom_collected


@pytest.mark.parametrize("before", [(700, 10, 10), (300_000, 5, 5), (0, 0, 0)])
def test_garbage_is_looked_for_as_before(before: tuple[int, int, int]) -> None:
    """Within it is looked for no oftener than before, never where it was not; afterwards as before."""
    usual = gc.get_threshold()
    gc.set_threshold(*before)
    try:
        with seldom_collected():
            within = gc.get_threshold()
        after = gc.get_threshold()
    finally:
        gc.set_threshold(*usual)
    assert within[0] >= before[0]
    assert bool(within[0]) is bool(before[0])
    assert after == before
