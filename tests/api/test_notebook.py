"""The notebook in ``workbooks`` runs from top to bottom on a workspace, and ends in a workbook with a chart.

1. Every cell runs; no output is committed.
2. The workbook holds what the frames say, under the words of the register, and one chart of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.definition.seed import shipped_list

NOTEBOOK = Path(kohyo.__file__).parents[1] / "workbooks" / "台帳の分析.ipynb"
_RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
"""


@pytest.fixture
def analysed(tmp_path: Path) -> kohyo.Workspace:
    """Return a workspace with the plan's items, ticked as the printed matrix has them."""
    listed = tmp_path / "一覧.tsv"
    listed.write_text("\n".join("\t".join(row) for row in shipped_list("setagaya-r6")) + "\n", encoding="utf-8")
    workspace = kohyo.Workspace(tmp_path / "作業").new()
    workspace.import_items(listed)
    return workspace


def test_no_output_is_kept() -> None:
    """What the cells print is nobody's concern but who runs them (1)."""
    told = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    cells = [cell for cell in told if cell["cell_type"] == "code"]
    assert len(cells) > 3
    assert [cell for cell in cells if cell["outputs"] or cell["execution_count"]] == []


def test_the_notebook_runs(analysed: kohyo.Workspace, tmp_path: Path) -> None:
    """From the register to the workbook (1, 2)."""
    environment = {**os.environ, "KOHYO_WORKSPACE": str(analysed.folder)}
    command = [sys.executable, "-c", _RUN, str(NOTEBOOK), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment)  # noqa: S603
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(tmp_path / "部と視点.xlsx")["部と視点"]
    frames = analysed.frames(labels=True)
    ticked = frames.ticks[frames.ticks["該当"].fillna(value=False)]
    wanted = sum(len(frames.owners.loc[[item]]) for item in ticked.index)
    rows = list(sheet.iter_rows(min_row=2, min_col=2, values_only=True))
    assert sum(int(str(value)) for row in rows for value in row if value is not None) == wanted > 60
    with zipfile.ZipFile(tmp_path / "部と視点.xlsx") as package:
        assert sum(name.startswith("xl/charts/chart") for name in package.namelist()) == 1
