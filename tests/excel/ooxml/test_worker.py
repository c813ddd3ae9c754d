"""The worker that reads untrusted files (読取り係) and may die or hang.

W1   files are read in their order, one result each, whatever becomes of one of them
W2   a file that kills or hangs the worker is a finding of that file alone
W3   findings name a file by its path within the folder
W4   starting the worker imports only what reading needs, and nothing from the folder it is started in
W5   nothing is left open, and a reading given up half-way does not confuse the next
W6   a worker that read the definition alone goes on to the next reader
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from kohyo.excel.ooxml import worker
from kohyo.excel.ooxml.worker import Reader
from tests.excel.faulty import faulty_worker
from tests.excel.ooxml.builders import one_cell, workbook_of


def _files(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"回答 {number}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(workbook_of(one_cell("", f"<v>{number}</v>")))
    return paths


def _values(reader: Reader, paths: list[Path]) -> list[object]:
    return [result.book.grids[0].cells[1, 1] if result.book else None for result in reader.read_many(paths)]


def test_files_are_read_in_their_order(tmp_path: Path) -> None:
    """W1: twelve files give twelve results in their order, each with its digest."""
    paths = _files(tmp_path, 12)
    with Reader() as reader:
        results = list(reader.read_many(paths))
    assert [result.path for result in results] == paths
    assert [result.book.grids[0].cells for result in results if result.book] == [{(1, 1): n} for n in range(12)]
    assert results[3].sha256 == hashlib.sha256(paths[3].read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("os.abort()", "K146"),
        ("os._exit(0)", "K146"),
        ("raise MemoryError", "K146"),
        ("time.sleep(60)", "K148"),
        ("[None for _ in iter(int, 1)]", "K148"),
    ],
)
def test_a_file_that_breaks_the_worker_is_lost_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str
) -> None:
    """W2: before and after the bad file, also for two in a row, everything is read."""
    faulty_worker(monkeypatch, tmp_path, body)
    paths = _files(tmp_path, 5)
    for place in (1, 2):
        paths[place] = paths[place].rename(tmp_path / f"悪{place}.xlsx")
    with Reader(seconds=1, wall=3) as reader:
        results = list(reader.read_many(paths))
    assert [result.finding.code if result.finding else "" for result in results] == ["", code, code, "", ""]
    assert [result.book is not None for result in results] == [True, False, False, True, True]


def test_what_libraries_print_does_not_disturb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W2: a library that writes to standard output does not break the answers."""
    faulty_worker(monkeypatch, tmp_path, "print('noise' * 1000, flush=True)")
    path = _files(tmp_path, 1)[0].rename(tmp_path / "悪.xlsx")
    with Reader() as reader:
        assert reader.read(path).book is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a process's memory")
def test_the_worker_cannot_take_all_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W2: a file for which a library asks for gigabytes costs the worker, not the machine."""
    faulty_worker(monkeypatch, tmp_path, "bytearray(4 << 30)")
    path = _files(tmp_path, 1)[0].rename(tmp_path / "悪.xlsx")
    with Reader() as reader:
        finding = reader.read(path).finding
    assert finding is not None
    assert finding.code == "K146"


def test_findings_are_placed_within_the_folder(tmp_path: Path) -> None:
    """W3: a file in a subfolder is named with it, with forward slashes."""
    path = tmp_path / "土木部" / "空.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"")
    with Reader(tmp_path) as reader:
        finding = reader.read(path).finding
    assert finding is not None
    assert (finding.code, finding.place.file) == ("K101", "土木部/空.xlsx")


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    """W1: a file that vanished is a finding, not an error."""
    with Reader() as reader:
        finding = reader.read(tmp_path / "なし.xlsx").finding
    assert finding is not None
    assert finding.code == "K104"


def test_the_worker_imports_only_what_reading_needs() -> None:
    """W4: neither the model's validation nor the heavy libraries slow the worker's start."""
    script = "import sys; import kohyo.excel.ooxml.worker_process; print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", script]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    heavy = {"pydantic", "openpyxl", "pandas", "xlsxwriter", "typer", "rich"}
    assert not heavy & set(out.split())


def test_the_folder_it_is_started_in_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W4: a module lying among the returned files is never imported, and relative paths are understood."""
    (tmp_path / "json.py").write_text("raise SystemExit", encoding="utf-8")
    _files(tmp_path, 1)
    monkeypatch.chdir(tmp_path)
    with Reader() as reader:
        assert reader.read(Path("回答 0.xlsx")).book is not None


def test_it_works_from_a_script_without_a_guard(tmp_path: Path) -> None:
    """W4: a program given on the command line reads as any other."""
    path = _files(tmp_path, 1)[0]
    script = (
        "import sys; from pathlib import Path; from kohyo.excel.ooxml.worker import Reader\n"
        "with Reader() as reader: print(reader.read(Path(sys.argv[1])).book.grids[0].cells)"
    )
    command = [sys.executable, "-c", script, str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    assert out.strip() == "{(1, 1): 0}"


def test_a_reading_given_up_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    """W5: answers that nobody took are not taken for those of the next reading."""
    paths = _files(tmp_path, 6)
    with Reader() as reader:
        some = reader.read_many(paths)
        next(some)
        some.close()  # type: ignore[attr-defined]  # it is a generator
        assert _values(reader, paths[3:]) == [3, 4, 5]


def test_a_closed_reader_starts_again(tmp_path: Path) -> None:
    """W5: closing ends the process; the next reading starts another."""
    paths = _files(tmp_path, 1)
    with Reader() as reader:
        assert _values(reader, paths) == [0]
        reader.close()
        assert _values(reader, paths) == [0]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only where open files can be counted")
def test_nothing_is_left_open(tmp_path: Path) -> None:
    """W5: after the reader is closed, the process has the open files it had before."""
    paths = _files(tmp_path, 2)
    worker.end_waiting()
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Reader() as reader:
        list(reader.read_many(paths))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_worker_that_read_files_of_ours_alone_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W6: the next reader gets it and starts none; after a foreign file, or with an answer owed, it is ended."""
    worker.end_waiting()
    started: list[object] = []
    first = worker._Worker.__init__

    def counted(self: worker._Worker) -> None:
        started.append(self)
        first(self)

    monkeypatch.setattr(worker._Worker, "__init__", counted)
    paths = _files(tmp_path, 3)
    for ours, count in ((True, 1), (False, 1), (False, 2), (True, 3), (True, 3)):
        with Reader(of_ours=ours) as reader:
            assert _values(reader, paths) == [0, 1, 2]
        assert len(started) == count
    with Reader(of_ours=True) as reader:
        next(reader.read_many(paths))
    worker.end_waiting()
    with Reader() as reader:
        assert _values(reader, paths) == [0, 1, 2]
    assert len(started) == 4
