"""Papers (文書) as files: each filled into the office's own template or the shipped one, with its text beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kohyo.errors import FileError, UsageError
from kohyo.excel.ooxml.file_status import read_whole
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.papers.paper import Paper, named, paper_name, schema, table_names
from kohyo.papers.paper_list import own_templates
from kohyo.word.fill import filled
from kohyo.word.plain_text import plain_text
from kohyo.word.template_check import template_faults
from kohyo.word.template_tags import TemplateFault
from kohyo.word.template_writer import template_bytes
from kohyo.workspace.folder import Workspace

WORD, TEXT, MAIL = ".docx", ".txt", ".eml"


def rendered(workspace: Workspace, plan: Plan, papers: Iterable[Paper]) -> dict[str, bytes]:
    """Return the papers as Word files by their names below 結果/文書.

    Raises FileError for a template that is no Word file, UsageError for one that names what there is not.
    """
    checked: dict[Path, bytes] = {}
    return {
        place_of(paper): filled(
            _template(workspace, plan, paper, checked), named(paper.template, paper.fields), paper.title
        )
        for paper in papers
    }


def place_of(paper: Paper) -> str:
    """Return where a paper lies below 結果/文書: those of several files have a folder of their own."""
    file = f"{paper.file}{WORD}"
    return file if paper.file == paper.name else f"{paper.name}/{file}"


def with_texts(folder: Path, papers: Mapping[str, bytes], kept: Iterable[str]) -> dict[str, bytes]:
    """Return Word files and their plain texts; the text of one that a person changed (``kept``) says what that says."""
    found: dict[str, bytes] = {}
    left = set(kept)
    for name, data in papers.items():
        found[name] = data
        found[f"{name.removesuffix(WORD)}{TEXT}"] = plain_text(read_whole(folder / name) if name in left else data)
    return found


def own_template(workspace: Workspace, paper: Paper) -> Path | None:
    """Return the office's own template of a paper, None where it has none."""
    names = (paper.own_template, paper.name, wording(f"papers.templates.{paper.template}"))
    paths = (workspace.templates / f"{name}{WORD}" for name in names if name)
    return next((path for path in paths if path.is_file()), None)


def unused_templates(workspace: Workspace, plan: Plan) -> tuple[Path, ...]:
    """Return what lies in 様式 and is the template of no paper: under another name, or no Word file of today."""
    known = {f"{name}{WORD}" for name in own_templates(plan)}
    files = sorted(workspace.templates.glob("*")) if workspace.templates.is_dir() else ()
    return tuple(path for path in files if path.name not in known and not path.name.startswith(("~", ".")))


def _template(workspace: Workspace, plan: Plan, paper: Paper, checked: dict[Path, bytes]) -> bytes:
    path = own_template(workspace, paper)
    if path is None:
        return shipped_template(paper.template, plan.plan.font)
    if path not in checked:
        checked[path] = _checked(path, paper.template)
    return checked[path]


def _checked(path: Path, template: str) -> bytes:
    data = read_whole(path)
    try:
        faults = template_faults(data, schema(template), table_names(template))
    except ValueError as error:
        raise FileError("template_unreadable", path=path) from error
    if faults:
        details = wording("errors.bullet").join(_told(fault) for fault in faults)
        raise UsageError("template_faulty", path=path, count=len(faults), details=details)
    return data


def _told(fault: TemplateFault) -> str:
    known = wording("text.list.joiner").join(fault.known)
    return wording(f"papers.fault.{fault.kind}", place=fault.place, named=fault.named, known=known)


@cache
def shipped_template(template: str, font: str) -> bytes:
    """Return a shipped template as a Word file."""
    return template_bytes(template, font)


def template_name(template: str) -> str:
    """Return the file name of a template."""
    return f"{wording(f'papers.templates.{template}')}{WORD}"


def record_department(path: Path) -> str:
    """Return the department that a record of a hearing is about, by its file's name."""
    return path.stem.removeprefix(wording("papers.files.of", name=paper_name("hearing_record"), part=""))
