"""Consoles and paths as the secretariat has them: Japanese Windows, 全角, spaces, long names.

1. Everything that a command prints can be shown on a console of cp932, without a substitute.
2. ``--json`` on such a console is JSON that says the same letters as anywhere.
3. Workspaces work in folders with spaces, 全角, characters outside cp932, and long names.
4. A character that the console cannot show never stops a command.
5. Every wording that a console may show is cp932.
6. A command that is suggested can be typed as it stands, whatever the folder is called.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kohyo
from kohyo.cli.present import as_lines
from kohyo.messages import section
from kohyo.workspace.folder import Workspace
from tests.cli.running import Console, run_alone
from tests.conftest import Demo
from tests.usecases.small import Small

FOLDERS = ("空白 と　全角", "髙﨑・①・㈱", "[括弧] & 100% #1", "深い/" + "長い名前の作業フォルダ" * 6)
OUTSIDE = "𠮷野家😀"


def _there(small_origin: Path, tmp_path: Path, name: str) -> Small:
    return Small(Workspace(Path(shutil.copytree(small_origin, tmp_path / name))))


def _is_plain(text: str) -> None:
    """Assert that nothing was replaced for want of a character."""
    assert text.strip()
    assert "?" not in text
    assert "\ufffd" not in text


def test_the_demo_on_a_japanese_console(demo: Demo, tmp_path: Path) -> None:
    """Status of the demo, with every department's name, prints on cp932 (1, 3)."""
    folder = shutil.copytree(demo.folder, tmp_path / "見本")
    ran = run_alone("status", folder, encoding="cp932")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > demo.data["forms"]
    _is_plain(ran.out)


@pytest.mark.parametrize("words", [("--help",), ("consolidate", "--help"), ("explain", "K201"), ("nothing",)])
def test_words_on_a_japanese_console(words: tuple[str, ...]) -> None:
    """Help, explanations and refusals print on cp932 (1)."""
    ran = run_alone(*words, encoding="cp932")
    _is_plain(ran.out + ran.err)


def test_json_on_a_japanese_console(small_origin: Path, tmp_path: Path) -> None:
    """The same data in either encoding, whatever the letters (2, 4)."""
    small = _there(small_origin, tmp_path, OUTSIDE)
    there, here = (run_alone("matrix", small.root, "--json", encoding=name) for name in ("cp932", "utf-8"))
    assert there.data == here.data
    assert OUTSIDE in there.data["files"][0]


def test_a_character_that_cannot_be_shown(small_origin: Path, tmp_path: Path) -> None:
    """A path outside cp932 is shown with substitutes; the work is done (4)."""
    small = _there(small_origin, tmp_path, OUTSIDE)
    ran = run_alone("matrix", small.root, encoding="cp932")
    assert (ran.code, ran.err) == (0, "")
    assert "体系表.xlsx" in ran.out
    assert small.workspace.result("matrix").is_file()


@pytest.mark.parametrize("name", FOLDERS)
def test_odd_folders(console: Console, small_origin: Path, tmp_path: Path, name: str) -> None:
    """Distribute, consolidate, tables: each works wherever the folder lies (3)."""
    small = _there(small_origin, tmp_path, name)
    small.send("市民局", name=f"{name}/回答　最終.xlsx")
    for command in ("distribute", "consolidate", "status", "tables"):
        ran = console.run(command, small.root)
        assert (ran.code in (0, 1), ran.err) == (True, ""), command
    assert small.receipt(f"{name}/回答　最終.xlsx").department == "市民局"


def test_a_relative_folder(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder named from where one stands works as well (3)."""
    monkeypatch.chdir(small.root.parent)
    assert console.run("matrix", small.root.name).code == 0
    monkeypatch.chdir(small.root)
    assert console.run("matrix", ".").code == 0


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - anything that TOML holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


@pytest.mark.parametrize("subject", ["cli", "result", "errors", "finding", "reminder"])
def test_wordings_are_cp932(subject: str) -> None:
    """No wording holds a character that the console lacks (5)."""
    texts = "".join(_texts(section(subject)))
    assert texts.encode("cp932").decode("cp932") == texts != ""


def test_a_suggested_command_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    """A folder with a space in its name, of either width, stands in quotation marks (6)."""
    for name in ("空 白", "空　白"):
        said = as_lines(kohyo.new_workspace(tmp_path / name))
        assert f'"{tmp_path / name}"' in said[-1]
