"""Putting the add-in where Excel finds it, checking the set-up, and the ways without VBA.

S1  install puts add-in and settings in their places, again brings them up to date, remove takes both away
S2  what cannot be done ends in one line, and nothing half is left
S3  the doctor says what is wrong and mends what was installed before; it installs nothing unasked
S4  shortcuts start the same tasks from outside Excel; run from there, they end with the same sentence
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import kohyo
from kohyo.addin import doctor, installation, windows
from kohyo.addin.check import Mark
from kohyo.addin.desk import desktop
from kohyo.addin.doctor import diagnose
from kohyo.addin.tasks import TASKS
from kohyo.errors import FileError, UsageError
from tests.addin.conftest import OpenRegister
from tests.cli.running import Console
from tests.tools.make_addin import FOLDER
from tests.usecases.small import Small

SHIPPED = FOLDER / "kohyo.xlam"


@pytest.fixture
def roaming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that Windows keeps a user's settings in."""
    folder = tmp_path / "髙橋　花子" / "AppData" / "Roaming"
    folder.mkdir(parents=True)
    monkeypatch.setenv("APPDATA", str(folder))
    return folder


def marks(workspace: Path | None = None) -> dict[str, Mark]:
    """Return the doctor's marks by the first words of what was said."""
    return {check.text.partition("（")[0]: check.mark for check in diagnose(workspace).checks}


def problem_of(act: Callable[[], object]) -> str:
    """Return the key of the error that an action ends with."""
    with pytest.raises((UsageError, FileError)) as caught:
        act()
    return caught.value.key


def test_install_and_remove(console: Console, roaming: Path) -> None:
    """S1: By the commands; the settings name this Python in UTF-16, as the add-in reads them."""
    done = console.run("addin", "install", "--json")
    told = json.loads(done.out)
    assert done.code == 0
    assert Path(told["addin"]) == roaming / "Microsoft" / "Excel" / "XLSTART" / "kohyo.xlam"
    assert Path(told["addin"]).read_bytes() == SHIPPED.read_bytes()
    text = Path(told["settings"]).read_bytes().decode("utf-16")
    assert f"\r\npython={sys.executable}\r\n" in text
    assert f"\r\nversion={kohyo.__version__}\r\n" in text
    assert console.run("addin", "install").code == 0
    assert [path.name for path in Path(told["addin"]).parent.iterdir()] == ["kohyo.xlam"]
    assert console.run("addin", "remove").out.count("取り除きました") == 2
    assert not Path(told["addin"]).exists()
    assert not Path(told["settings"]).exists()
    assert "入っていません" in console.run("addin", "remove").out


def test_install_elsewhere(console: Console, roaming: Path, tmp_path: Path) -> None:
    """S1: An office may have a start folder of its own."""
    assert roaming.exists()
    assert console.run("addin", "install", "--to", str(tmp_path / "部の共有")).code == 0
    assert (tmp_path / "部の共有" / "kohyo.xlam").read_bytes() == SHIPPED.read_bytes()


def test_the_silent_python_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S1: Beside python.exe lies one that opens no console."""
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert installation.python_without_window().name == "pythonw.exe"


def test_off_windows_there_is_no_place(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """S2: It is said that the ribbon is for Windows, and what to use elsewhere."""
    monkeypatch.delenv("APPDATA", raising=False)
    ran = console.run("addin", "install")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "kohyo watch" in ran.err


@pytest.mark.usefixtures("roaming")
def test_an_addin_that_excel_holds_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """S2: The user is asked to close Excel; the old add-in is whole, and nothing lies beside it."""
    target = installation.install().addin
    target.write_bytes(b"old")
    monkeypatch.setattr("kohyo.addin.installation.copy_whole", _held)
    assert problem_of(installation.install) == "addin_in_use"
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == ["kohyo.xlam"]


def _held(_source: Path, target: Path) -> None:
    target.with_name("kohyo.xlam.part").touch()
    raise PermissionError


def test_a_place_that_cannot_be_written(roaming: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S2: A file where a folder should be; an add-in that did not come along."""
    (roaming / "kohyo").write_text("")
    assert problem_of(installation.install) == "unwritable"
    monkeypatch.setattr(installation, "_SHIPPED", (roaming / "none.xlam",))
    assert problem_of(installation.install) == "addin_not_built"


@pytest.mark.usefixtures("roaming")
def test_the_doctor_installs_nothing_unasked() -> None:
    """S3: Nothing installed is a note, not a fault, and stays so."""
    assert Mark.BAD not in marks().values()
    assert not installation.places().addin.exists()
    assert not installation.places().settings.exists()


@pytest.mark.usefixtures("roaming")
def test_the_doctor_mends_what_was_installed() -> None:
    """S3: An old add-in and a Python that moved are mended; the second look finds all well."""
    done = installation.install()
    assert diagnose().sentence == "準備はととのっています。"
    done.addin.write_bytes(b"old")
    done.settings.write_text("; kohyo addin\npython=C:\\gone\\pythonw.exe\n", encoding="utf-16")
    diagnosis = diagnose()
    assert [check.mark for check in diagnosis.checks].count(Mark.MENDED) == 2
    assert diagnosis.sentence.startswith("2か所を直し")
    assert done.addin.read_bytes() == SHIPPED.read_bytes()
    assert installation.read_settings(done.settings)["python"] == sys.executable
    assert diagnose().sentence == "準備はととのっています。"


@pytest.mark.usefixtures("roaming")
def test_the_doctor_says_what_it_may_not_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: An add-in that Excel holds, and settings that are missing beside an installed add-in."""
    done = installation.install()
    done.addin.write_bytes(b"old")
    monkeypatch.setattr("kohyo.addin.installation.copy_whole", _held)
    diagnosis = diagnose()
    assert diagnosis.needs_person
    assert "Excelを閉じて、kohyo addin install" in diagnosis.sentence
    assert diagnosis.sentence.startswith("直していただくところが1か所あります")


@pytest.mark.usefixtures("roaming")
@pytest.mark.parametrize(
    ("key", "found", "said"),
    [
        (windows.DISABLED, {"0": "c:\\x\\kohyo.xlam".encode("utf-16-le")}, "使用できないアイテム"),
        (windows.POLICY + windows.LOCATIONS, {"AllLocationsDisabled": 1}, "信頼できる場所がすべて"),
        (windows.SECURITY + windows.LOCATIONS, {"AllLocationsDisabled": 1}, "信頼できる場所がすべて"),
        (windows.POLICY + windows.LOCATIONS, {"alllocationsdisabled": 1}, "信頼できる場所がすべて"),
        (windows.COMMON_POLICY, {"vbaoff": 1}, "VBA（マクロ）が使えなくなっています"),
        (windows.POLICY, {"DisableAllAddins": 1}, "アドインがすべて止められています"),
        (windows.POLICY, {"requireaddinsig": 1}, "署名のないアドインが止められています"),
        (windows.SECURITY, {"RequireAddinSig": 1}, "署名のないアドインが止められています"),
    ],
)
def test_trust_is_looked_at(key: str, found: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: What the office or Excel switched off is named with what to do."""
    monkeypatch.setattr(windows, "values", lambda asked: found if asked == key else {})
    (bad,) = (check for check in diagnose().checks if check.mark is Mark.BAD)
    assert said in bad.text


@pytest.mark.usefixtures("roaming")
@pytest.mark.parametrize("found", [{"VBAWarnings": 4}, {"RequireAddinSig": 0}, {"DisableAllAddins": 0}])
def test_what_stops_no_trusted_location(found: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: Excel opens add-ins of its start folder even where macros elsewhere are stopped without asking."""
    monkeypatch.setattr(windows, "values", lambda asked: found if asked == windows.POLICY else {})
    assert Mark.BAD not in {check.mark for check in diagnose().checks}


def test_paths_that_excel_cannot_open(tmp_path: Path) -> None:
    """S3: A workspace that lies too deep, or on the web."""
    assert doctor._path(str(tmp_path)).mark is Mark.GOOD
    assert "長すぎます" in "".join(check.text for check in diagnose(tmp_path / ("深" * 200)).checks)
    assert "OneDrive" in doctor._path("https://city.sharepoint.com/plan").text


def test_what_is_missing_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: An old Python, one whose place no shell can take, missing libraries."""
    monkeypatch.setattr(sys, "executable", "C:\\100%\\python.exe")
    assert "% が含まれる" in diagnose().checks[0].text
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert "古すぎます" in diagnose().checks[0].text
    monkeypatch.setattr(doctor, "version", _no_library)
    told = {check.text: check.mark for check in diagnose().checks}
    assert [mark for text, mark in told.items() if "kohyo[excel]" in text] == [Mark.BAD]
    assert [mark for text, mark in told.items() if "kohyo[watch]" in text] == [Mark.NOTE]


@pytest.mark.parametrize(
    ("python", "store"),
    [
        (
            r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_x64__qbz5n2kfra8p0\python.exe",
            True,
        ),
        (r"C:\Users\hana\AppData\Local\Microsoft\WindowsApps\python3.12.exe", True),
        (r"C:\Users\hana\AppData\Local\Programs\Python\Python312\python.exe", False),
        (r"D:\kohyo\python\python.exe", False),
    ],
)
def test_the_stores_python(python: str, store: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """S3: Its writing into %APPDATA% goes where Excel does not look."""
    monkeypatch.setattr(sys, "executable", python)
    assert any("Microsoft Store" in check.text for check in diagnose().checks) is store
    assert diagnose().needs_person is store


def test_another_pythons_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: A variable that lends every Python the parts of another."""
    monkeypatch.setenv("PYTHONHOME", r"C:\Python27")
    assert "PYTHONHOME" in "".join(check.text for check in diagnose().checks if check.mark is Mark.BAD)


def test_a_folder_that_vba_cannot_read(roaming: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S3: VBA reads names in cp932; 髙 is there, 𠮷 and Hangul are not."""
    monkeypatch.setattr(windows, "is_here", lambda: True)
    assert roaming.exists()
    assert not [check for check in diagnose().checks if "VBAが扱えない" in check.text]
    monkeypatch.setenv("APPDATA", str(roaming.parent / "𠮷田 한글"))
    (bad,) = (check for check in diagnose().checks if "VBAが扱えない" in check.text)
    assert (bad.mark, "（𠮷한글）" in bad.text) == (Mark.BAD, True)


@pytest.mark.parametrize(
    ("key", "found", "blocked"),
    [
        (windows.ASR_RULES[0], {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "1"}, True),
        (windows.ASR_RULES[1], {"ASRRules": "x=1|d4f940ab-401b-4efc-aadc-ad5f3c50688a=6"}, True),
        (windows.ASR_RULES[2], {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": 1}, True),
        (windows.ASR_RULES[0], {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": "2"}, False),
        (windows.ASR_RULES[0], {"26190899-1602-49e8-8b27-eb1d0a1ce869": "1"}, False),
    ],
)
def test_programs_that_excel_may_not_start(
    key: str,
    found: dict[str, object],
    blocked: bool,  # noqa: FBT001
    roaming: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """S3: The rule is told with the companion as the way out; with the companion all is well."""
    assert roaming.exists()
    monkeypatch.setattr(windows, "machine_values", lambda asked: found if asked == key else {})
    assert diagnose().needs_person is blocked
    assert ("--companion" in diagnose().sentence) is blocked
    installation.install(companion=True)
    assert not diagnose().needs_person


def test_a_redirected_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S4: Shortcuts lie where the desktop is, not where it usually is; what Windows does not say is the usual place."""
    monkeypatch.setenv("OneDrive", str(tmp_path))
    told = {"Desktop": "$OneDrive/デスクトップ"}
    monkeypatch.setattr(windows, "values", lambda asked: told if asked == windows.SHELL_FOLDERS else {})
    assert desktop() == tmp_path / "デスクトップ"
    told["Desktop"] = "%NOWHERE%/Desktop"
    assert desktop() == Path.home() / "Desktop"
    del told["Desktop"]
    assert desktop() == Path.home() / "Desktop"


def _no_library(name: str) -> str:
    raise PackageNotFoundError(name)


def test_the_doctor_as_a_command(console: Console, roaming: Path, small: Small) -> None:
    """S3: A line a check; exit code 1 where somebody must do something."""
    assert roaming.exists()
    ran = console.run("doctor", str(small.root))
    assert ran.code == 0
    assert all(line.startswith(("［良］", "［－］")) for line in ran.out.splitlines())
    installation.install().settings.unlink()
    installation.places().settings.mkdir()
    ran = console.run("doctor", "--json")
    assert ran.code == 1
    assert "bad" in [check["mark"] for check in json.loads(ran.out)["checks"]]


def test_shortcuts_start_the_tasks(console: Console, tmp_path: Path) -> None:
    """S4: One file a task, in the code page of a Japanese console, with this Python and nothing of the folder."""
    assert console.run("addin", "shortcuts", str(tmp_path / "机")).code == 0
    for task in TASKS:
        script = (tmp_path / "机" / f"個票_{task.label}.cmd").read_bytes().decode("cp932")
        assert script.endswith(f'"{sys.executable}" -P -m kohyo addin run {task.tag}\r\n')


def test_a_path_beyond_the_code_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S4: A folder that cp932 cannot write is written in UTF-8, and the console is told; % stays one."""
    monkeypatch.setattr(sys, "executable", "C:\\한글 100%\\python.exe")
    from kohyo.addin.shortcuts import write_shortcuts  # noqa: PLC0415

    script = write_shortcuts(tmp_path).paths[0].read_bytes().decode("utf-8")
    assert script.splitlines()[1] == "chcp 65001 >nul"
    assert "100%%\\python.exe" in script


def test_shortcuts_where_nothing_can_be_written(console: Console, tmp_path: Path) -> None:
    """S2: One line."""
    (tmp_path / "机").write_text("")
    ran = console.run("addin", "shortcuts", str(tmp_path / "机"))
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def test_a_task_from_outside(console: Console, excel: OpenRegister) -> None:
    """S4: The task works on the Excel that is open and ends with the ribbon's sentence, in Excel and here."""
    ran = console.run("addin", "run", "matrix")
    assert (ran.code, ran.out) == (0, "体系表.xlsx を作りました。\n")
    assert excel.app.told == [("体系表.xlsx を作りました。", "info")]
    excel.register.close()
    ran = console.run("addin", "run", "matrix", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["done"] is False
