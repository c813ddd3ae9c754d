"""The page of what ``--json`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import kohyo.cli
from kohyo.cli.present import as_data, finding_data
from tests.tools.reference.command_line import commands
from tests.tools.reference.markdown import code, page, table
from tests.tools.reference.shapes import Shape, returned

PRESENTERS = tuple(
    import_module(f"kohyo.cli.{module.name}")
    for module in iter_modules(kohyo.cli.__path__)
    if module.name.startswith("present_")
)
"""The modules that teach ``as_data`` its results, all of them loaded."""
_INTRO = (
    "`--json` を付けたときの出力です。標準出力には、ここにある一つのJSONだけが出ます。\n\n"
    "- 途中で止まった作業の片付けなどを知らせるときは、どのコマンドでも `notices`（文字の列）が加わります。\n"
    '- できないときは `{"error": {"key": 誤りの名前, "message": 画面に出る一行}}` になります。\n'
    "- 日付と日時は ISO 8601 の文字です。`（名前）` の鍵は、中身によって変わります。"
)


FINDING = returned(finding_data)


def json_page() -> str:
    """Return the page of all shapes."""
    parts = ["## 指摘\n\n" + table(("鍵", "値"), _rows(FINDING))]
    for command in commands():
        shapes = [shape_of(result) for result in command.results]
        parts += [f"## kohyo {command.words}\n\n" + table(("鍵", "値"), _rows(shape)) for shape in shapes]
    return page("JSONの形", _INTRO, dict.fromkeys(parts))


def shape_of(result: type) -> dict[str, Shape]:
    """Return the shape of the JSON object of a result; raise TypeError where it is none."""
    found = returned(as_data.of(result), result)
    if not isinstance(found, dict):
        raise TypeError(result)
    return found


def _rows(shape: Shape, before: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in shape.items() if isinstance(shape, dict) else ():
        yield code(before + name), _said(inner)
        if inner == [FINDING]:
            continue
        below, mark = (inner[0], "[].") if isinstance(inner, list) else (inner, ".")
        if isinstance(below, dict):
            yield from _rows(below, f"{before}{name}{mark}")


def _said(shape: Shape) -> str:
    if shape == FINDING:
        return "指摘"
    if isinstance(shape, dict):
        return "次の鍵を持つもの"
    return f"{_said(shape[0])}の列" if isinstance(shape, list) else shape
