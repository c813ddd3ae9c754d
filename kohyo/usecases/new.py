"""New workspace (新しい作業フォルダ): its folders, the definition to edit, an empty register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kohyo.definition.load import shipped
from kohyo.errors import FileError, KohyoError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.definition_book.definition_writer import write_definition
from kohyo.excel.ooxml.atomic_write import is_left_over, save_bytes
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Name, Workspace
from kohyo.workspace.known_definition import definition_bytes
from kohyo.workspace.untouched import new_register

DEFAULT_PLAN = "setagaya-r6"


def new_workspace(root: Name, plan_name: str = DEFAULT_PLAN) -> Workspace:
    """Make a workspace for a shipped plan; raise UsageError when the folder already holds something."""
    return workspace_for(Path(root), shipped(plan_name))


def workspace_for(root: Path, plan: Plan) -> Workspace:
    """Make a workspace for any plan; an existing folder must be empty, or hold what a run left that was cut off.

    The definition comes last: where it stands, the workspace is whole. One in which nothing was done yet is answered
    as just made: nobody may have been told of it.
    """
    workspace = Workspace(root)
    ours = {workspace.register: new_register(plan), workspace.known_definition: definition_bytes(plan)}
    if root.is_file() or (root.is_dir() and not _is_begun(workspace, ours)):
        if root.is_dir() and _is_made(workspace, ours, plan):
            return workspace
        raise UsageError("not_empty", path=root)
    try:
        for folder in workspace.folders:
            folder.mkdir(parents=True, exist_ok=True)
        for path, content in ours.items():
            save_bytes(path, content)
        write_definition(workspace.definition, plan, created=datetime.now().astimezone())
        for path in (path for folder in (root, workspace.backups) for path in folder.iterdir()):
            if is_left_over(path.name):
                path.unlink()
    except OSError as error:
        raise FileError("unwritable", path=root) from error
    return workspace


def _is_begun(workspace: Workspace, ours: Mapping[Path, bytes]) -> bool:
    """Tell whether a folder holds nothing that a new workspace would not: its empty folders, these very files."""
    return all(_is_ours(path, workspace, ours) for path in workspace.root.iterdir())


def _is_made(workspace: Workspace, ours: Mapping[Path, bytes], plan: Plan) -> bool:
    """Tell whether a folder holds just what a new workspace does, its definition among it."""
    besides = [path for path in workspace.root.iterdir() if path != workspace.definition]
    if not workspace.definition.is_file() or not all(_is_ours(path, workspace, ours) for path in besides):
        return False
    try:
        return read_definition(workspace.definition) == plan
    except KohyoError:
        return False


def _is_ours(path: Path, workspace: Workspace, ours: Mapping[Path, bytes]) -> bool:
    if path in workspace.folders and path.is_dir():
        return all(_is_ours(inside, workspace, ours) for inside in path.iterdir())
    return is_left_over(path.name) or (path in ours and path.is_file() and path.read_bytes() == ours[path])
