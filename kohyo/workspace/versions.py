"""Versions (版): the register frozen under a name, and found again by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kohyo.definition.load import load_toml
from kohyo.definition.toml_out import to_toml
from kohyo.errors import UsageError
from kohyo.excel.ooxml.file_status import file_sha256
from kohyo.excel.register_book.save_result import SaveResult
from kohyo.excel.register_book.version_book import describe_version, read_version, write_version
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.version import Version
from kohyo.register.reworded import values_today
from kohyo.text.dates import fiscal_year_label
from kohyo.text.normalise import key
from kohyo.workspace.folder import Workspace
from kohyo.workspace.session import Session

_SUFFIX = ".xlsx"
_MARK = b"\n# sha256 "
_LONGEST = 60
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^[.~]|[. ]$|^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$', re.IGNORECASE)


@dataclass(frozen=True)
class Frozen:
    """The version that was made, its file, how many items it holds, and what was open (``still_open``) as it was made.

    In the plan's last year ``ended`` are the numbers of the items that left the plan with it, ``ending`` of those that
    will with one that is made when nothing is open any more.
    """

    version: Version
    path: Path
    items: int
    open: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    saved: SaveResult | None = None

    @property
    def needs_person(self) -> bool:
        """Tell whether the register, from which items were taken, waits beside an open one."""
        return bool(self.saved and self.saved.waiting)


@dataclass(frozen=True)
class LoadedVersion:
    """A version as it was: what it says of itself, the definition of its time, its register."""

    version: Version
    plan: Plan
    register: Register


def freeze_current(current: Session, name: str) -> Frozen:
    """Freeze the register of an open session as the version ``name``, with the definition of the day.

    Raises UsageError for a name that no file can bear or that a version bears already: a version never changes.
    """
    plain = _fit(name)
    workspace = current.workspace
    if find_version(workspace, plain) is not None:
        raise UsageError("version_exists", name=plain)
    if not current.register.items:
        raise UsageError("no_items", register=workspace.register.name)
    plan = current.plan
    version = Version(plain, plan.cycle.year, current.now.date(), plan.plan.name, plan.plan.version)
    target = workspace.versions / f"{plain}{_SUFFIX}"
    source = current.loaded.standing or workspace.register
    book = current.files.place(target, read_only=True)
    write_version(source, book, version)
    current.files.put(definition_of(target), _marked(to_toml(plan).encode("utf-8"), file_sha256(book)))
    return Frozen(version, target, len(current.register.current))


def frozen_before(current: Session, name: str) -> Frozen | None:
    """Return the version ``name`` as it was frozen; None when there is none. Raises FileError when it is broken."""
    path = find_version(current.workspace, name)
    if path is None:
        return None
    loaded = load_version(current.workspace, current.plan, name)
    return Frozen(loaded.version, path, len(loaded.register.current))


def definition_of(version: Path) -> Path:
    """Return where the definition that belongs to a version is kept: as TOML, which later kohyos read as well."""
    return version.parent / wording("workbook.files.version_definitions") / f"{version.stem}.toml"


def _marked(definition: bytes, book: str) -> bytes:
    """Return a definition with its SHA-256 and that of the version's workbook as a remark below."""
    return definition + _MARK + f"{sha256(definition).hexdigest()} {book}\n".encode("ascii")


def is_as_written(version: Path) -> bool:
    """Tell whether a version and its definition are as they were written; raise OSError where one cannot be read.

    What an older kohyo wrote bears no mark.
    """
    text, mark, digests = definition_of(version).read_bytes().rpartition(_MARK)
    return not mark or digests.split() == [sha256(text).hexdigest().encode(), file_sha256(version).encode()]


def find_version(workspace: Workspace, name: str) -> Path | None:
    """Return the file of the version ``name``, however its name is spelled; None when there is none."""
    wanted = key(name.removesuffix(_SUFFIX))
    return next((path for path in version_files(workspace) if key(path.stem) == wanted), None)


def version_files(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files of all versions, by name."""
    return tuple(path for path in sorted(workspace.versions.glob(f"*{_SUFFIX}")) if not path.name.startswith("~"))


def load_version(workspace: Workspace, plan: Plan, name: str) -> LoadedVersion:
    """Load the version ``name``; raise UsageError when there is none, FileError when it cannot be read.

    ``plan`` is read by where the definition of the version's time is missing; choices are in its words.
    """
    path = find_version(workspace, name)
    if path is None:
        known = wording("text.list.joiner").join(path.stem for path in version_files(workspace))
        raise UsageError("unknown_version", name=name, known=known or wording("versions.none"))
    own = plan_of(path, plan)
    version, register = read_version(path, own)
    return LoadedVersion(version, own, values_today(register, plan))


def plan_of(version: Path, plan: Plan) -> Plan:
    """Return the definition of a version's time, ``plan`` where it is missing."""
    definition = definition_of(version)
    return load_toml(definition) if definition.is_file() else plan


def last_of_year(workspace: Workspace, plan: Plan, year: int) -> LoadedVersion | None:
    """Return the version that keeps a fiscal year as it ended, else its last one; None when the year has none."""
    ended = find_version(workspace, end_of_year(year))
    if ended is not None:
        return load_version(workspace, plan, ended.stem)
    return _last(workspace, plan, lambda told: told.year == year)


def registers_of_past(workspace: Workspace, plan: Plan) -> dict[int, Register]:
    """Return the register of every year of the plan before the surveyed one, as it ended, where a version keeps it."""
    return {year: known.register for year, known in versions_of_past(workspace, plan).items()}


def versions_of_past(workspace: Workspace, plan: Plan) -> dict[int, LoadedVersion]:
    """Return the version that keeps how each year of the plan before the surveyed one ended, where there is one.

    Of a plan without years (年度) that of the year before.
    """
    years = [year.year for year in plan.years if year.year < plan.cycle.year]
    if not plan.years:
        years = [plan.cycle.year - 1]
    return {year: known for year in years if (known := last_of_year(workspace, plan, year))}


def last_version(workspace: Workspace, plan: Plan) -> LoadedVersion | None:
    """Return the version that was frozen last; None when there is none."""
    return _last(workspace, plan, lambda _: True)


def _last(workspace: Workspace, plan: Plan, wanted: Callable[[Version], bool]) -> LoadedVersion | None:
    dated = []
    for path in version_files(workspace):
        told = describe_version(path, plan)
        if told.frozen_on and wanted(told):
            dated.append((told.frozen_on, path.stat().st_mtime, path.stem))
    return load_version(workspace, plan, max(dated)[2]) if dated else None


def end_of_year(year: int) -> str:
    """Return the name of the version that keeps a fiscal year as it ended."""
    return wording("versions.rollover.version", year=fiscal_year_label(FiscalYear(year)))


def _fit(name: str) -> str:
    plain = name.strip().removesuffix(_SUFFIX)
    if not plain or len(plain) > _LONGEST or _UNFIT.search(plain):
        raise UsageError("version_name", name=name)
    return plain
