"""The built add-in in LibreOffice, the only office here that runs VBA: every button pressed, the line it yields run.

L1  LibreOffice opens kohyo.xlam and finds its modules as they were written
L2  each button's callback yields one line of Python that runs that button's task, and nothing else
L3  a tag that tries to be more than a name yields no line
L5  where nothing may be started, a request is written that the companion reads; none where no companion is there
L4  what the add-in starts is the Python of the settings, in a folder of its own, with nothing of the workbook
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kohyo
from kohyo.addin import installation
from kohyo.addin.ribbon import CALLBACK
from kohyo.addin.spool import Spool
from kohyo.addin.tasks import TASKS, Task
from tests.addin.conftest import OpenRegister
from tests.addin.test_tasks import parts, retitle, texts
from tests.office.office import Book, Office
from tests.tools.make_addin import FOLDER, sources, workbook_bytes

pytestmark = pytest.mark.office

STUB = """Attribute VB_Name = "KohyoPython"
Option Explicit
Private told As String

Public Sub RunPython(ByVal code As String, ByVal task As String)
    told = told & code
End Sub

Public Function Pressed(control As Object) As String
    told = ""
    OnKohyo control
    Pressed = told
End Function

' LibreOffice without a screen keeps a Basic error to itself: it is handed back as text.
Public Function Tried(ByVal task As String) As String
    told = ""
    On Error GoTo Failed
    KohyoRun task
    Tried = told
    Exit Function
Failed:
    Tried = "refused: " & told & Err.Description
End Function
"""
ATTACKS = (
    "x'); import os",
    "matrix'); print('",
    'matrix"',
    "matrix\n",
    "",
    "m" * 33,
    "Matrix",
    "ｍａｔｒｉｘ",
    "mat rix",
    "matrix2",
    "matrix\\",
    "体系表",
)


@pytest.fixture(scope="module")
def office_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that Windows keeps the user's settings in."""
    return tmp_path_factory.mktemp("髙橋")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, office_settings: Path) -> Iterator[Office]:
    """Return a LibreOffice whose user has installed the add-in's settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPDATA", str(office_settings))
        installation.write_settings(installation.places().settings)
        running = Office(tmp_path_factory.mktemp("profile") / "profile")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def stubbed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the add-in's workbook with a RunPython that only remembers its line."""
    path = tmp_path_factory.mktemp("vba") / "stub.xlsm"
    path.write_bytes(workbook_bytes({**sources(), "KohyoPython": STUB}))
    with office.open_with_macros(path) as book:
        yield book


@pytest.fixture(scope="module")
def real(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Return the built add-in itself."""
    path = tmp_path_factory.mktemp("addin") / "kohyo.xlam"
    path.write_bytes((FOLDER / "kohyo.xlam").read_bytes())
    with office.open_with_macros(path) as book:
        yield book


def test_the_addin_opens_with_its_modules(real: Book) -> None:
    """L1: Every line of source is found again in the module of its name."""
    found = real.modules()
    for name, source in sources().items():
        lines = [line.strip() for line in source.splitlines() if line.strip() and not line.startswith("Attribute")]
        assert [line for line in lines if line not in found[name]] == []
    assert real.sheets() == ["kohyo"]


def line_of(tag: str) -> str:
    """Return the line of Python that a button must yield."""
    return f"from kohyo.addin import click; click('{tag}', '{kohyo.__version__}')"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.tag)
def test_each_button_yields_the_line_of_its_task(stubbed: Book, task: Task) -> None:
    """L2: Pressed with its tag, the one callback yields one line."""
    assert CALLBACK == "KohyoRibbon.OnKohyo"
    assert stubbed.press("KohyoPython.Pressed", task.tag) == line_of(task.tag)


@pytest.mark.parametrize("tag", ATTACKS)
def test_a_tag_that_is_no_name_yields_nothing(stubbed: Book, tag: str) -> None:
    """L3: The add-in itself refuses it, before any Python is started."""
    refusal = stubbed.call("KohyoPython.Tried", tag)
    assert refusal.startswith("refused: ")
    assert "import" not in refusal
    assert "このボタンは使えません" in refusal


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.tag)
def test_the_line_runs_that_task_alone(
    stubbed: Book, excel: OpenRegister, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L2: What the callback yielded, executed, carries out its task on the register that is open."""
    tag = task.tag
    done: list[str] = []

    def doing(name: str) -> Callable[[object], str]:
        def do(_book: object) -> str:
            done.append(name)
            return name

        return do

    for other in TASKS:
        monkeypatch.setattr(f"{other.module}.{other.tag}", doing(other.tag))
    exec(stubbed.press("KohyoPython.Pressed", tag), {})  # noqa: S102 - the very thing that is tested
    assert done == [tag]
    assert excel.app.told == [(tag, "info")]


def test_the_matrix_by_way_of_the_callback_is_the_command_s(stubbed: Book, demo_excel: OpenRegister) -> None:
    """L2: On the demo, from the button's tag through VBA to the workbook: part by part what ``kohyo matrix`` writes."""
    workspace = demo_excel.workspace
    kohyo.matrix(workspace.root)
    expected = parts(workspace.result("matrix"))
    workspace.result("matrix").unlink()
    exec(stubbed.press("KohyoPython.Pressed", "matrix"), {})  # noqa: S102 - the very thing that is tested
    assert parts(workspace.result("matrix")) == expected


def test_an_unsaved_edit_goes_through_the_callback(stubbed: Book, excel: OpenRegister) -> None:
    """L2: What was typed into the register and not saved stands in the matrix."""
    retitle(excel, "保存していない名前")
    exec(stubbed.press("KohyoPython.Pressed", "matrix"), {})  # noqa: S102
    assert "保存していない名前" in texts(excel.workspace.result("matrix"))


def test_the_settings_are_read_as_they_were_written(real: Book) -> None:
    """L4: The VBA reads UTF-16 from a folder with any name; what is not set is empty."""
    assert real.call("KohyoPython.KohyoSetting", "python") == str(installation.python_without_window())
    assert real.call("KohyoPython.KohyoSetting", "version") == kohyo.__version__
    assert real.call("KohyoPython.KohyoSetting", "nothing") == ""


def test_what_is_started_is_quoted(real: Book) -> None:
    """L4: Python, its line and the window; -P keeps the current folder out of Python's path."""
    command = real.call("KohyoPython.KohyoCommand", r"C:\Program Files\髙橋\pythonw.exe", "import kohyo", 4711)
    assert command == r'"C:\Program Files\髙橋\pythonw.exe" -P -c "import kohyo" --hwnd=4711'


def test_the_texts_are_the_wordings(real: Book) -> None:
    """L4: Japanese reaches the user from the add-in's sheet, although its VBA is ASCII."""
    assert real.call("KohyoRibbon.KohyoText", "title") == "個票"
    assert real.call("KohyoRibbon.KohyoText", "version") == kohyo.__version__
    assert real.call("KohyoRibbon.KohyoText", "no_such_text") == ""


def test_the_folder_of_the_settings_is_the_current_one() -> None:
    """L4: The started Python's current folder is never the workbook's: it is set before anything is started."""
    source = sources()["KohyoPython"]
    assert source.index("CurrentDirectory = SettingsFolder()") < source.index("shell.Run(")
    assert "ActiveWorkbook" not in source + sources()["KohyoRibbon"]


def test_a_request_for_the_companion(real: Book, monkeypatch: pytest.MonkeyPatch, office_settings: Path) -> None:
    """L5: Written wholly, with the task, the version and the window; read by the companion's own reader."""
    monkeypatch.setenv("APPDATA", str(office_settings))
    spool = Spool.of_user()
    assert not real.call("KohyoSpool.KohyoAsk", "matrix", 4711)
    assert list(spool.folder.iterdir()) == []
    spool.beat()
    assert real.call("KohyoSpool.KohyoAsk", "matrix", 4711)
    (request,) = spool.taken()
    assert (request.tag, request.version, request.window) == ("matrix", kohyo.__version__, 4711)
    assert request.age < 60
