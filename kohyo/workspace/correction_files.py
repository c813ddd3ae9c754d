"""The files of corrections (差戻しのファイル): where each lies for the secretariat to send."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm
from kohyo.text.tabs import file_stem
from kohyo.workspace.folder import Workspace

Issues: TypeAlias = Mapping[str, IssuedForm]


def correction_path(workspace: Workspace, issue: IssuedForm) -> Path:
    """Return where a correction is put for the secretariat to send."""
    name = wording("workbook.files.correction", department=file_stem(issue.department), round=issue.round)
    return workspace.sent_back / name


def correction_paths(workspace: Workspace, issues: Issues) -> dict[str, Path]:
    """Return the corrections that lie in 差戻し, by department; of several the last."""
    known = sorted((issue for issue in issues.values() if issue.correction), key=lambda issue: issue.round)
    paths = {issue.department: correction_path(workspace, issue) for issue in known}
    return {name: path for name, path in paths.items() if path.exists()}
