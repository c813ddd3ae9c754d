"""An open register in a small Excel, for the tests of the ribbon."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw

from kohyo.workspace.folder import Workspace
from tests.addin import engine
from tests.cli.running import Console
from tests.usecases.small import Small, new_small


@dataclass(frozen=True)
class OpenRegister:
    """A small Excel with the register of a workspace open and in front."""

    app: engine.App
    small: Small
    shown: list[Path]
    """Folders and pages shown outside Excel."""

    @property
    def workspace(self) -> Workspace:
        """The workspace."""
        return self.small.workspace

    @property
    def register(self) -> engine.Book:
        """The register on the screen."""
        return self.app.books(self.workspace.register.name)

    @property
    def book(self) -> xw.Book:
        """The book in front, as tasks get it."""
        return xw.Book(impl=self.app.books.active)

    def open(self, path: Path) -> engine.Book:
        """Open a book and bring it to the front."""
        return self.app.books.Open(str(path))

    @property
    def names(self) -> list[str]:
        """Names of the open books; the last one is in front."""
        return [book.name for book in self.app.books]


@pytest.fixture(scope="session")
def excel_origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace whose forms went out; never changed afterwards."""
    small = new_small(tmp_path_factory.mktemp("office") / "作業　フォルダ")
    small.distribute()
    return small.root


@pytest.fixture
def excel(excel_origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenRegister]:
    """Return a small Excel in which the register is open."""
    shown: list[Path] = []
    monkeypatch.setattr("kohyo.addin.actions.open_on_screen", shown.append)
    root = Path(shutil.copytree(excel_origin, tmp_path / "作業　フォルダ"))
    with engine.excel() as app:
        here = OpenRegister(app, Small(Workspace(root)), shown)
        here.open(here.workspace.register)
        yield here


@pytest.fixture
def demo_excel(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenRegister]:
    """Return a small Excel in which the register of the demo is open."""
    shown: list[Path] = []
    monkeypatch.setattr("kohyo.addin.actions.open_on_screen", shown.append)
    with engine.excel() as app:
        here = OpenRegister(app, Small(Workspace(demo_folder)), shown)
        here.open(here.workspace.register)
        yield here


@pytest.fixture
def small(excel_origin: Path, tmp_path: Path) -> Small:
    """Return a workspace whose forms went out, with no Excel open."""
    return Small(Workspace(Path(shutil.copytree(excel_origin, tmp_path / "作業"))))


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """Return a console to run commands on."""
    return Console(capsys, monkeypatch)
