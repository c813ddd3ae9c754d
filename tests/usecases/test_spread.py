"""Work that is spread comes back whole and in order, whatever the executor does to it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kohyo
from kohyo.excel.ooxml.result_encoding import encode
from kohyo.excel.ooxml.worker import ReadResult
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.workspace.folder import Workspace
from kohyo.workspace.notices import listening
from kohyo.workspace.reading import ReturnsReader, batched, read_batch
from kohyo.workspace.spread import UNDER_WAY, spread
from tests.excel.ooxml.builders import locked
from tests.tools.same_parts import differing
from tests.usecases.small import NOW, Small, codes

_Done = TypeVar("_Done")


class Losing(Executor):
    """An executor that loses a piece so many times, by the order in which pieces are first sent; it works at once."""

    def __init__(self, lost: Sequence[int], tries: int = 2) -> None:
        self.tries = tries
        self.sent: Counter[object] = Counter()
        self._lost = list(lost)
        self._order: dict[object, int] = {}

    def submit(self, fn: Callable[..., _Done], /, *args: object, **kwargs: object) -> Future[_Done]:
        """Take a piece of work."""
        piece = args[0]
        place = self._order.setdefault(piece, len(self._order))
        self.sent[piece] += 1
        future: Future[_Done] = Future()
        if place < len(self._lost) and self.sent[piece] <= self._lost[place]:
            future.set_exception(EOFError("the worker is gone"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def _double(number: int) -> int:
    return 2 * number


@given(st.lists(st.integers(0, 3), max_size=80), st.integers(1, 3), st.integers(0, 30))
def test_every_piece_comes_back_once_and_in_order(lost: list[int], tries: int, more: int) -> None:
    """However often pieces are lost, the results are those of one process; each is sent as often as need be."""
    executor = Losing(lost, tries)
    pieces = range(len(lost) + more)
    with listening() as told:
        assert list(spread(executor, _double, pieces)) == [2 * piece for piece in pieces]
    assert [executor.sent[piece] for piece in pieces] == [
        min(tries, (lost[piece] if piece < len(lost) else 0) + 1) for piece in pieces
    ]
    assert len(told.sentences) == sum(times >= tries for times in lost)


def test_no_more_goes_out_than_is_held() -> None:
    """Pieces are made when their turn comes: at most so many are out at once."""
    made: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(3 * UNDER_WAY):
            made.append(piece)
            yield piece

    results = spread(Losing(()), _double, pieces())
    next(results)
    assert len(made) == UNDER_WAY
    assert len(list(results)) == 3 * UNDER_WAY - 1


def test_an_executor_that_takes_nothing_is_no_reason_to_stop() -> None:
    """What was shut down, or broke, takes no work: it is done here, and told."""
    closed = ThreadPoolExecutor(1)
    closed.shutdown()
    with listening() as told:
        assert list(spread(closed, _double, range(3))) == [0, 2, 4]
    assert (
        told.sentences
        == ["分担した仕事の一部が二度戻ってこなかったため、この計算機で行いました。できたものは同じです。"] * 3
    )


def test_an_error_of_the_work_itself_is_the_callers() -> None:
    """What fails wherever it is done fails here, too."""
    with pytest.raises(ZeroDivisionError):
        list(spread(Losing(()), lambda number: 1 // number, [0]))


@given(st.lists(st.integers(0, 3 << 20), max_size=60))
def test_batches_are_the_files_in_their_order(sizes: list[int]) -> None:
    """No file is left out or doubled, and a batch is held in memory: a few MiB, unless one file alone is larger."""
    paths = [Path(f"{place}.xlsx") for place in range(len(sizes))]
    size_of = dict(zip(paths, sizes, strict=True)).__getitem__
    batches = batched(paths, size_of)
    assert [path for batch in batches for path in batch] == paths
    for batch in batches:
        assert 1 <= len(batch) <= 16
        assert len(batch) == 1 or sum(map(size_of, batch)) <= 4 << 20


@pytest.fixture(scope="module")
def returned_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make a workspace in which three departments answered, one file is none, one is empty, one is of Excel's own."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("returned"))
    for department in ("市民局", "東区役所", "企画財政局"):
        made.send(department)
    (made.workspace.returns / "本文.xlsx").write_text("回答です。", encoding="utf-8")
    (made.workspace.returns / "空.xlsx").touch()
    (made.workspace.returns / "~$市民局.xlsx").write_bytes(b"x")
    return made


@pytest.fixture
def returned(returned_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return returned_origin.copied(tmp_path)


def _paths(small: Small) -> list[Path]:
    return sorted(small.workspace.returns.iterdir())


def _read(small: Small, executor: Executor | None = None, cores: int = 2) -> list[ReadResult]:
    with ReturnsReader(small.workspace.returns, executor=executor, cores=cores) as reader:
        return list(reader.read_many(_paths(small)))


def test_several_workers_read_what_one_reads(returned: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more cores the files go to more workers, and come back in their order."""
    monkeypatch.setattr("kohyo.workspace.reading.FILES_A_WORKER", 2)
    alone = _read(returned)
    assert [result.path for result in alone] == _paths(returned)
    assert sum(result.book is not None for result in alone) == 3
    assert _read(returned, cores=5) == alone


def test_an_executor_reads_what_is_read_here(returned: Small) -> None:
    """Threads and processes read the same, whatever the files are."""
    alone = _read(returned)
    with ThreadPoolExecutor(2) as threads:
        assert _read(returned, threads) == alone
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        assert _read(returned, processes) == alone


def _nonsense(contents: tuple[bytes, ...]) -> list[bytes]:
    return [b"{}" for _ in contents]


def _of_another_file(contents: tuple[bytes, ...]) -> list[bytes]:
    return read_batch(contents[:1]) * len(contents)


def _cut_short(contents: tuple[bytes, ...]) -> list[bytes]:
    return read_batch(contents)[1:]


def _too_slow(contents: tuple[bytes, ...]) -> list[bytes]:
    slow = (ReadResult(Path("x"), sha256(content).hexdigest(), finding=Finding(Code.K148)) for content in contents)
    return [encode(result) for result in slow]


class Answering(Executor):
    """An executor whose workers answer in a way of their own."""

    def __init__(self, answer: Callable[[tuple[bytes, ...]], list[bytes]]) -> None:
        self._answer = answer

    def submit(self, fn: Callable[..., _Done], /, *args: object, **kwargs: object) -> Future[_Done]:
        """Take a piece of work."""
        del fn, kwargs
        future: Future[_Done] = Future()
        future.set_result(self._answer(*args))  # type: ignore[arg-type]
        return future


@pytest.mark.parametrize("answer", [_nonsense, _of_another_file, _cut_short, _too_slow])
def test_what_a_worker_tells_is_believed_of_just_what_was_sent(
    returned: Small, answer: Callable[[tuple[bytes, ...]], list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that is none, of another file or of a bad moment there counts for nothing: the file is read here."""
    monkeypatch.setattr("kohyo.workspace.reading._BATCHES", 1)
    assert _read(returned, Answering(answer)) == _read(returned)


def test_batches_that_are_lost_twice_are_read_here(returned: Small, tmp_path: Path) -> None:
    """Nothing is lost with a worker, the register is the same to the byte, and one finding tells of it."""
    alone = Small(Workspace(Path(shutil.copytree(returned.root, tmp_path / "一人"))))
    without = alone.consolidate()
    with_others = kohyo.consolidate(returned.root, NOW, executor=Losing([9] * 9))
    assert with_others.outcomes == without.outcomes
    assert returned.workspace.register.read_bytes() == alone.workspace.register.read_bytes()
    (told,) = (finding for finding in with_others.findings if finding not in without.findings)
    assert str(told).endswith("この計算機で読みました。読んだ内容は同じです。")
    assert told.value == "4"
    assert "K170" not in codes(kohyo.consolidate(returned.root, NOW))


def test_a_locked_file_is_opened_here(returned: Small) -> None:
    """No password leaves this machine: what a worker finds locked is opened here."""
    path = returned.workspace.returns / "調査票_市民局.xlsx"
    path.write_bytes(locked(path.read_bytes(), "ひみつ"))
    executor = Losing(())
    with ReturnsReader(returned.workspace.returns, ("ひみつ",), executor) as reader:
        results = list(reader.read_many(_paths(returned)))
    assert [result.book is not None for result in results if result.path == path] == [True]
    assert "ひみつ" not in repr(list(executor.sent))


def test_forms_and_tables_are_the_same_whoever_writes_them(small: Small, tmp_path: Path) -> None:
    """Processes of their own write every form and every table to the byte as this one does."""
    alone = Small(Workspace(Path(shutil.copytree(small.root, tmp_path / "一人"))))
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        for folder, executor in ((alone.root, None), (small.root, processes)):
            kohyo.distribute(folder, now=NOW, executor=executor)
            kohyo.make_tables(folder, executor=executor)
    forms, ours = ({path.name: path.read_bytes() for path in one.workspace.forms.iterdir()} for one in (alone, small))
    assert forms == ours
    tables = sorted(path.relative_to(alone.workspace.results) for path in alone.workspace.results.rglob("*.xlsx"))
    assert tables
    for name in tables:
        assert differing(alone.workspace.results / name, small.workspace.results / name) in ([], ["docProps/core.xml"])
    for twin in alone.workspace.data.iterdir():
        assert twin.read_bytes() == (small.workspace.data / twin.name).read_bytes()
