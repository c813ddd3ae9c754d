"""New workspace (新しい作業フォルダ): its folders, the definition to edit, an empty register."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kohyo.definition.load import shipped
from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_writer import write_definition
from kohyo.excel.register_book import create_register
from kohyo.model.plan import Plan
from kohyo.register.initial import first_register
from kohyo.workspace.folder import Workspace

DEFAULT_PLAN = "setagaya-r6"


def new_workspace(root: Path, plan_name: str = DEFAULT_PLAN) -> Workspace:
    """Make a workspace for a shipped plan; raise UsageError when the folder already holds something."""
    return workspace_for(root, shipped(plan_name))


def workspace_for(root: Path, plan: Plan) -> Workspace:
    """Make a workspace for any plan; an existing folder must be empty."""
    if root.is_file() or (root.is_dir() and any(root.iterdir())):
        raise UsageError("not_empty", path=root)
    workspace = Workspace(root)
    try:
        for folder in workspace.folders:
            folder.mkdir(parents=True, exist_ok=True)
        write_definition(workspace.definition, plan, created=datetime.now().astimezone())
        create_register(workspace.register, plan, first_register(plan))
    except OSError as error:
        raise FileError("unwritable", path=root) from error
    return workspace
