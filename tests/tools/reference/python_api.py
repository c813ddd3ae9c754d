"""The page of the public functions (関数) and data frames (データフレーム), from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import kohyo
from kohyo.workspace.progress import silent
from tests.tools.reference.command_line import commands
from tests.tools.reference.markdown import code, page, table

_INTRO = (
    '`import kohyo` で使えるものです。`kohyo.Workspace("作業フォルダ")` のメソッドは、同じ名前の関数に作業フォルダを'
    "渡したのと同じことをします。\n\n"
    "誤りは `kohyo.UsageError`・`kohyo.FileError`・`kohyo.DefinitionError`（どれも `kohyo.KohyoError`）で、"
    "その文は、画面に出る一行と同じです。"
)
_FRAMES = (
    "`kohyo.Workspace(...).frames(labels=True)` の列です（`labels=False` では「名前」の列名になります）。"
    "型は、データによらず決まっています。"
)


def python_page() -> str:
    """Return the page."""
    spoken = {function: one.known.help for one in commands() for function in one.functions}
    functions = [getattr(kohyo, name) for name in kohyo.__all__]
    parts = ["## 関数\n", *(_part(one, spoken.get(one, "")) for one in functions if inspect.isfunction(one))]
    return page("Python", _INTRO, [*parts, "## データフレーム\n", f"{_FRAMES}\n", *_frames()])


def _part(function: Callable[..., Any], spoken: str) -> str:
    told = [spoken, inspect.getdoc(function) or ""]
    signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(function)))
    signature = signature.replace(repr(silent), silent.__name__)
    return f"### {function.__name__}\n\n```python\nkohyo.{function.__name__}{signature}\n```\n\n" + "\n\n".join(
        [*(text for text in told if text), ""]
    )


def _frames() -> Iterator[str]:
    """Yield each frame with its columns, from a workspace without items: the types are the same whatever the data."""
    with TemporaryDirectory() as folder:
        workspace = kohyo.Workspace(Path(folder) / "workspace").new()
        plain, labelled = workspace.frames(), workspace.frames(labels=True)
    for (name, frame), (_, named) in zip(plain, labelled, strict=True):
        columns, labels = frame.reset_index(), named.reset_index()
        rows = [
            (label, code(str(column)), str(columns[column].dtype))
            for column, label in zip(columns.columns, labels.columns, strict=True)
            if column != "index"
        ]
        yield f"### {name}\n\n" + table(("見出し", "名前", "型"), rows)
