"""A kit holds all that a closed desk needs, and nothing else installs.

1. It has the wheels of its desk, also those that only Windows needs, each with its hash and its licence.
2. The list of hashes names every file; a file that is not as it was made stops the installation before it begins.
3. Python comes along, made to find what is installed into it; the manual and the add-in lie beside it.
4. What a kit cannot be made of is refused in words.
"""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import kohyo
from kohyo.addin.installation import shipped_addin
from kohyo.errors import KohyoError
from kohyo.kit import installer
from kohyo.kit.desk import Desk
from kohyo.kit.download import download
from kohyo.kit.installer import Installation, Stopped
from kohyo.kit.wheel import own_wheel
from kohyo.messages import section, wording
from tests.kit.conftest import ONLY_ON_WINDOWS, VERSION, Made

_NOT_EMBEDDED = {"ensurepip", "idlelib", "test", "tkinter", "venv"}
"""What python.org's embeddable package lacks of Python's own library."""


def test_the_wheels_are_those_of_the_desk(made: Made) -> None:
    """What pip would leave out on this machine is there; each wheel is pinned, and its licence told (1)."""
    wheels = sorted((made.folder / "wheels").iterdir())
    names = {path.name.split("-")[0] for path in wheels}
    assert {"kohyo", "pip", "xlwings", "watchdog", "openpyxl", ONLY_ON_WINDOWS.replace("-", "_")} <= names
    assert "pandas" not in names
    pins = (made.folder / "kit" / f"requirements-{VERSION}.txt").read_text(encoding="utf-8").splitlines()
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in wheels}
    assert {pin.partition("sha256:")[2] for pin in pins} == digests
    listed = (made.folder / "ライセンス" / "一覧.txt").read_text(encoding="utf-8-sig").splitlines()
    assert len(listed) == made.told.wheels == len(wheels)
    assert (made.folder / "ライセンス" / "xlwings" / "LICENSE").read_text(encoding="utf-8") == "MIT"


def test_the_desk_decides_what_is_needed(wheels: Path, tmp_path: Path) -> None:
    """On Linux nothing of Windows' is brought (1)."""
    found = download(own_wheel(tmp_path), ["excel"], Desk("linux_x86_64", VERSION), tmp_path / "wheels", wheels)
    names = {wheel.path.name.split("-")[0] for wheel in found}
    assert {"kohyo", "pip", "xlwings"} <= names
    assert not {"watchdog", ONLY_ON_WINDOWS.replace("-", "_")} & names


def test_every_file_is_in_the_list(made: Made) -> None:
    """The list names all but itself, and its own hash was told (2)."""
    listed = dict(made.hashes())
    there = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert set(listed) == there - {"SHA256SUMS.txt"}
    assert all(
        hashlib.sha256((made.folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items()
    )
    assert hashlib.sha256((made.folder / "SHA256SUMS.txt").read_bytes()).hexdigest() == made.told.digest


def test_a_desk_with_another_python_is_told(made: Made, tmp_path: Path) -> None:
    """It is said in words for which Python the kit is (2)."""
    installation = Installation(made.folder, tmp_path / "home", tmp_path)
    installation.told["pythons"] = ["3.10"]
    with pytest.raises(Stopped, match=r"3\.10"):
        installation.install()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_changed_stops_everything(made: Made, tmp_path: Path) -> None:
    """One byte more in one file: its name is told, and nothing is installed (2)."""
    kit = Path(shutil.copytree(made.folder, tmp_path / "kit"))
    with (kit / "setup.cmd").open("ab") as file:
        file.write(b"x")
    installation = Installation(kit, tmp_path / "home", tmp_path)
    installation.told["pythons"] = [f"{sys.version_info[0]}.{sys.version_info[1]}"]
    with pytest.raises(Stopped, match=r"setup\.cmd"):
        installation.install()
    assert not (tmp_path / "home").exists()


def test_what_the_desk_says_is_the_kit_s_own(made: Made) -> None:
    """The installation lies in the kit as this package has it, and runs without this package (2)."""
    assert (made.folder / "kit" / "install.py").read_bytes() == Path(installer.__file__).read_bytes()
    tree = ast.parse(Path(installer.__file__).read_text(encoding="utf-8"))
    first = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert not first & _NOT_EMBEDDED
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported
    assert {str(name).split(".")[0] for name in imported} <= {*sys.stdlib_module_names, "__future__"}


def test_python_manual_and_addin_come_along(made: Made) -> None:
    """Python finds what is installed into it; the manual opens by itself; the add-in can be signed (3)."""
    paths = (made.folder / "python" / "python312._pth").read_text(encoding="utf-8").splitlines()
    assert paths == ["python312.zip", ".", r"Lib\site-packages", "import site"]
    assert (made.folder / "手引き" / "it_office.html").is_file()
    assert (made.folder / "アドイン" / "kohyo.xlam").read_bytes() == shipped_addin().read_bytes()


def test_what_is_read_first_names_what_is_there(made: Made) -> None:
    """The page to begin with, here and for a kit of another kind, names the files of its own kit (2)."""
    first = (made.folder / "はじめにお読みください.txt").read_text(encoding="utf-8-sig")
    named = set(re.findall(r"[a-z]+\.(?:cmd|sh)", first))
    assert named == {path.name for path in made.folder.iterdir() if path.suffix in {".cmd", ".sh"}}
    pages = set(re.findall(r"\w+\.html", first))
    assert pages <= {path.name for path in (made.folder / "手引き").iterdir()}
    assert set(re.findall(r"\w+\.(?:cmd|sh)\b", wording("kit.first_elsewhere"))) == {section("kit")["files"]["try_out"]}


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"versions": ["2.7"]}, "3.11"),
        ({"platform": "beos"}, "win_amd64"),
        ({"embedded": "python.zip"}, "embeddable"),
        ({"versions": ["3.12"], "wheels": "ない"}, "3.12"),
    ],
)
def test_what_is_refused(tmp_path: Path, choice: dict[str, Any], told: str) -> None:
    """One line that says what can be done, and no half kit (4)."""
    with pytest.raises(KohyoError, match=told):
        kohyo.make_kit(tmp_path / "kit", **choice)
    assert list(tmp_path.iterdir()) == []


def test_a_kit_is_never_written_over(tmp_path: Path) -> None:
    """A name that is taken is left alone (4)."""
    with pytest.raises(KohyoError, match="まだない名前"):
        kohyo.make_kit(tmp_path)


def test_where_it_is_started_does_not_matter(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that lies where setup is started is not taken for one of Python's (2)."""
    (tmp_path / "lies_here.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    installation = Installation(made.folder, tmp_path / "home", tmp_path)
    with pytest.raises(Stopped, match="lies_here"):
        installation._run([sys.executable, "-c", "import lies_here"], "no_packages")
