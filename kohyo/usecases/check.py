"""Check (点検): the findings of returned forms, without a workspace."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from kohyo.definition.load import shipped
from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.list_book.data_sheets import data_sheets
from kohyo.excel.list_book.list_file import file_content
from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.tables.open_data_rules import rule_findings
from kohyo.usecases.new import DEFAULT_PLAN
from kohyo.workspace.folder import Name
from kohyo.workspace.passwords import kept_passwords
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.received_files import check_alone
from kohyo.workspace.returns_folder import received_files

_JSON = (".json", ".jsonl", ".geojson")
_OPENS_JSON = (b"{", b"[{")


@dataclass(frozen=True)
class Checked:
    """The findings of the files, in the order of the files."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def needs_person(self) -> bool:
        """Tell whether anything must be mended or looked at."""
        return any(severity(finding.code) is not Severity.INFO for finding in self.findings)


def check(
    paths: Name | Sequence[Name],
    definition: Name | None = None,
    progress: Progress = silent,
    passwords: Sequence[str] = (),
) -> Checked:
    """Return what is wrong with returned forms; ``definition`` is a 計画定義.xlsx, else the shipped plan.

    A folder stands for every file in it, and ``*`` and ``?`` in a name for all that they fit, also where no shell
    has spelled them out.
    Locked files are opened with the passwords that are kept, and with ``passwords``. Raises FileError for a path that
    is no file, UsageError where nothing is to be checked. Values are not compared with what went out: for that,
    consolidate.
    """
    files = _files([paths] if isinstance(paths, (str, Path)) else paths)
    plan = read_definition(Path(definition)) if definition else shipped(DEFAULT_PLAN)
    findings: list[Finding] = []
    with Reader(passwords=(*kept_passwords(), *passwords)) as reader:
        shown = progress(files, wording("cli.progress.returns"))
        for path, result in zip(shown, reader.read_many(files), strict=True):
            findings.extend(check_alone(result, path.name, plan))
    return Checked(tuple(path.name for path in files), tuple(findings))


def check_rules(paths: Name | Sequence[Name], progress: Progress = silent) -> Checked:
    """Return where any workbooks or CSVs do not keep the rules for machine-readable tables (総務省の統一ルール).

    Folders and patterns stand for their files; JSON, whatever its name, keeps to rules of its own and is passed over.
    Raises UsageError where nothing is to be checked or all of it is JSON, FileError for a path that is no file, or is
    neither text nor a workbook.
    """
    every = _files([paths] if isinstance(paths, (str, Path)) else paths)
    files = [path for path in every if not _is_json(path)]
    if not files:
        raise UsageError("only_json", path=_first_of(every))
    findings: list[Finding] = []
    for path in progress(files, wording("cli.progress.rules")):
        for sheet in data_sheets(path):
            findings.extend(rule_findings(sheet))
    return Checked(tuple(path.name for path in files), tuple(findings))


def _files(names: Sequence[Name]) -> list[Path]:
    """Return every file that is meant, once, in the order of the names."""
    found = dict.fromkeys(file for name in names for file in _meant(Path(name)))
    if not found:
        raise UsageError("nothing_to_check", path=_first_of(names))
    return list(found)


def _first_of(names: Sequence[Name]) -> str:
    """Return a name, the first and how many there are where it is one of several: a shell spells out a pattern."""
    first, *more = map(str, names)
    return wording("text.list.first_of", first=first, count=len(names)) if more else first


def _is_json(path: Path) -> bool:
    """Tell whether a file is JSON by its name, or by all that stands in it or in its first line."""
    if path.suffix.lower() in _JSON:
        return True
    content = file_content(path).removeprefix(BOM_UTF8).strip()
    return content.startswith(_OPENS_JSON) and any(map(_reads_as_json, (content, content.partition(b"\n")[0])))


def _reads_as_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _meant(path: Path) -> Iterator[Path]:
    """Yield the file of this name, the files in the folder of this name, or those that the pattern fits."""
    if path.is_dir():
        yield from (file for file in received_files(path) if not is_temporary_file(file.name))
    elif path.is_file():
        yield path
    elif has_magic(str(path)):
        fitting = (Path(name) for name in sorted(glob(str(path))))  # noqa: PTH207 - the pattern may begin anywhere
        yield from (file for file in fitting if file.is_file() and not is_temporary_file(file.name))
    else:
        raise FileError("unreadable", path=path)
