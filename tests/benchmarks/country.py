"""A small country for real: ``python -m tests.benchmarks.country --municipalities 500``, 40 returns each.

Every municipality consolidates the returns of its departments and answers the form of its prefecture out of its
register (``send_up``); every prefecture does the same for the country; at the end all workspaces are gathered into one
store. What comes out is looked at: nothing is refused, nothing waits for a decision, and a value of the country's
register leads to a cell of a department's file. What it took is written into ``country.json``, which the page of scale
holds against what it reckons with.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import count, repeat
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import kohyo
from kohyo.excel.form.form_writer import write_form
from kohyo.messages import wording
from kohyo.model.item import Item, ItemId
from kohyo.model.outcome import Outcome
from kohyo.usecases.consolidate import Consolidated
from kohyo.workspace.folder import Workspace
from kohyo.workspace.returns_folder import received_files
from tests.benchmarks.common import SHEETS, items_of, made_up, plan_of, survey_of, write_returns
from tests.benchmarks.consolidating import prepare
from tests.benchmarks.measuring import machine, spent

MEASURED = Path(__file__).with_name("country.json")
FIELD = "overview"
"""The field whose way is followed from the country's register to a department's file."""

_COUNTRY = "架空国"
_KIB = 1 << 10


@dataclass(frozen=True)
class Desk:
    """What one desk's work took: seconds of CPU to consolidate and to send up, bytes at the peak, of its register."""

    files: int
    consolidating: float
    sending: float
    peak: int
    register: int
    changes: int


@dataclass(frozen=True)
class Ran:
    """The desks of one level (段): seconds of CPU of all of them, of the middle one and of the slowest."""

    name: str
    desks: int
    files: int
    most: int
    cpu: float
    middle: float
    slowest: float
    sending: float
    peak: int
    register: int
    changes: int


@dataclass(frozen=True)
class Country:
    """What was run: the levels from below, and the store that all workspaces were gathered into."""

    day: str
    machine: str
    seconds: float
    """By the clock, from the first consolidation to the last, the forms and returns being written included."""
    levels: Sequence[Ran]
    workspaces: int
    gather_seconds: float
    gather_bytes: int
    answers: int
    origins: Sequence[str]
    """Whose registers and files the way leads through, from the country to the department's cell."""


def main() -> None:
    """Run the country, and write what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=500)
    parser.add_argument("--prefectures", type=int, default=9)
    parser.add_argument("--returns", type=int, default=40)
    parser.add_argument("--to", type=Path, default=MEASURED)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = country(Path(folder), given.municipalities, given.prefectures, given.returns)
    given.to.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_country(path: Path = MEASURED) -> Country:
    """Return what was run last."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Country(**{**data, "levels": [Ran(**level) for level in data["levels"]]})


def country(folder: Path, municipalities: int, prefectures: int, returns: int) -> Country:
    """Let every level of a made-up country do its work, and return what that took."""
    cities = [f"架空市{number:04d}" for number in range(municipalities)]
    regions = [f"架空県{number:02d}" for number in range(prefectures)]
    own = {region: cities[place::prefectures] for place, region in enumerate(regions)}
    above = {city: region for region, inside in own.items() for city in inside}
    first = {city: _first_items(place) for place, city in enumerate(cities)}
    started = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), max_tasks_per_child=1) as pool:
        _forms_of(folder, _COUNTRY, {region: first[inside[0]] for region, inside in own.items()})
        for region, inside in own.items():
            _forms_of(folder, region, {city: first[city] for city in inside})
        municipal = partial(_municipality, folder, returns)
        ran = [_ran("市区町村", pool.map(municipal, cities, range(municipalities), map(above.get, cities)))]
        ran.append(_ran("都道府県", pool.map(partial(_desk_above, folder), regions, own.values(), repeat(_COUNTRY))))
        ran.append(_ran("国", pool.map(partial(_desk_above, folder), [_COUNTRY], [regions], [""])))
    seconds = time.perf_counter() - started
    store = folder / "store"
    gathering = spent(lambda: kohyo.gather([folder], store))
    traced = kohyo.trace(folder / _COUNTRY, str(first[cities[0]][0].number), FIELD)
    return Country(
        day=date.today().isoformat(),  # noqa: DTZ011 - the day of the desk
        machine=machine(),
        seconds=seconds,
        levels=ran,
        workspaces=kohyo.query(store, "select count(distinct municipality) from receipts").rows[0][0],
        gather_seconds=gathering.cpu,
        gather_bytes=sum(path.stat().st_size for path in store.rglob("*") if path.is_file()),
        answers=kohyo.query(store, "select count(*) from answers").rows[0][0],
        origins=[one.organisation for one in traced.origins] + [traced.origins[-1].who],
    )


def _ran(name: str, desks: Iterable[Desk]) -> Ran:
    done = list(desks)
    took = [desk.consolidating + desk.sending for desk in done]
    return Ran(
        name=name,
        desks=len(done),
        files=sum(desk.files for desk in done),
        most=max(desk.files for desk in done),
        cpu=sum(took),
        middle=median(took),
        slowest=max(took),
        sending=sum(desk.sending for desk in done),
        peak=max(desk.peak for desk in done),
        register=max(desk.register for desk in done),
        changes=sum(desk.changes for desk in done),
    )


def _first_items(place: int) -> tuple[Item, ...]:
    """Return the items of a municipality that the levels above ask for: those of its first return."""
    return items_of(plan_of(["D0001"]), place * SHEETS)[:SHEETS]


def _forms_of(folder: Path, organisation: str, asked: Mapping[str, Sequence[Item]]) -> None:
    """Make the workspace of a level above, and write the forms in which it asks every respondent for its items."""
    numbered = count(1)
    items = [
        Item(ItemId(f"K{next(numbered):05d}"), item.number, {**item.values, "owners": respondent})
        for respondent, own in asked.items()
        for item in own
    ]
    survey = survey_of(plan_of(list(asked), organisation), tuple(items))
    root = folder / organisation
    prepare(root, survey)
    for issue in survey.issues:
        write_form(_form(root, issue.department), survey.plan, issue, survey.plan.cycle.closes)


def _form(root: Path, respondent: str) -> Path:
    return Workspace(root).forms / f"{respondent}.xlsx"


def _municipality(folder: Path, returns: int, city: str, place: int, region: str) -> Desk:
    """Let the departments of a municipality answer, consolidate what they sent, and answer the prefecture."""
    survey = made_up(returns, city, place * SHEETS)
    prepare(folder / city, survey)
    write_returns(survey, Workspace(folder / city).returns)
    return _worked(folder, city, region)


def _desk_above(folder: Path, organisation: str, below: Sequence[str], above: str) -> Desk:
    """Take in what the level below sent up, and answer the level above if there is one."""
    returns = Workspace(folder / organisation).returns
    for name in below:
        shutil.copy(folder / name / wording("scale.files.sent_up") / f"{name}.xlsx", returns)
    return _worked(folder, organisation, above)


def _worked(folder: Path, organisation: str, above: str) -> Desk:
    """Consolidate a workspace and send up what the level above asks for; stop where anything is refused or open."""
    root = folder / organisation
    files = len(received_files(Workspace(root).returns))
    done: list[Consolidated] = []
    took = spent(lambda: done.append(kohyo.consolidate(root)))
    if done[0].outcomes[Outcome.ACCEPTED] != files or done[0].open_conflicts:
        raise SystemExit(f"{organisation}: {done[0].outcomes}, {done[0].open_conflicts} conflicts")
    sending = spent(lambda: kohyo.send_up(root, _form(folder / above, organisation))).cpu if above else 0.0
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Desk(
        files=files,
        consolidating=took.cpu,
        sending=sending,
        peak=sum(peaks) * _KIB,
        register=Workspace(root).register.stat().st_size,
        changes=done[0].changes,
    )


if __name__ == "__main__":
    main()
