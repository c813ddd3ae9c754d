"""The page of scale says what the model makes of what was measured, and the model adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.benchmarks.country import read_country
from tests.benchmarks.scale_model import (
    DEPARTMENTS,
    MOST,
    MUNICIPALITIES,
    PAGE,
    Costs,
    Size,
    cluster_hours,
    line,
    page,
    peak_at,
    read_costs,
    relay,
    relay_hours,
    relay_seconds,
)

_SIZES = [
    Size(files, 2.0 + files / 100, files / 400, 100 + files, 10 * files, 150 * files) for files in (40, 200, 2000)
]
COSTS = Costs("2026-01-01", "", 1.0, 5, _SIZES, 0.1, 1000, 500, 0.01, 2.0, 3000)


def test_the_page_says_what_was_measured() -> None:
    """Whoever measures again writes the page anew."""
    assert PAGE.read_text(encoding="utf-8") == page(read_costs(), read_country())


def test_every_file_is_passed_up_and_no_desk_is_crowded() -> None:
    """What a level takes in is what the desks below send; the last level is one desk."""
    municipalities, offices, prefectures, country = relay()
    assert municipalities.files == MUNICIPALITIES * DEPARTMENTS
    assert prefectures.files == municipalities.desks - offices.files + offices.desks
    assert country.files == prefectures.desks
    assert country.desks == 1
    for level in relay():
        assert level.files <= level.desks * level.most
        assert level.most <= MOST


def test_lines_go_through_what_lies_on_one() -> None:
    """What grows evenly is told exactly."""
    cpu = line(COSTS, "cpu")
    assert cpu.at(0) == pytest.approx(2.0)
    assert cpu.at(20_000) == pytest.approx(202.0)
    with pytest.raises(KeyError):
        line(COSTS, "nothing")


def test_memory_is_never_told_below_what_was_measured() -> None:
    """A small run may have taken more than a large one; beyond the largest it grows as it grew at its steepest."""
    odd = replace(COSTS, sizes=[replace(size, peak=peak) for size, peak in zip(_SIZES, (900, 500, 860), strict=True)])
    assert peak_at(odd, 40) == 900
    assert peak_at(odd, 20_000) == pytest.approx(900 + 360 / 1800 * 18_000)


def test_times_follow_the_files() -> None:
    """A level costs what its fullest desk costs, all desks what they cost together; more machines take less time."""
    assert relay_seconds(COSTS) == pytest.approx(sum(2.0 + level.most / 100 for level in relay()))
    desks, files = sum(level.desks for level in relay()), sum(level.files for level in relay())
    assert relay_hours(COSTS) == pytest.approx((2.0 * desks + files / 100) / 3600)
    assert cluster_hours(COSTS, 1) == pytest.approx(218 * 2.4 / 3600)
    assert cluster_hours(COSTS, 10) < cluster_hours(COSTS, 1)


def test_other_figures_make_another_page() -> None:
    """Nothing on the page stands for itself."""
    run = read_country()
    told = page(COSTS, run)
    assert told != page(replace(COSTS, file_bytes=2000), run)
    assert told != page(COSTS, replace(run, answers=run.answers + 1))


def test_a_whole_country_was_run() -> None:
    """What was run is 20,000 returns; every level took in what the one below it sent."""
    run = read_country()
    first, *above = run.levels
    assert first.files >= 20_000
    assert [level.files for level in above] == [below.desks for below in run.levels[:-1]]
    assert run.workspaces == sum(level.desks for level in run.levels)
    assert all(level.most <= MOST for level in run.levels)
    assert len(run.origins) == len(run.levels) + 1
