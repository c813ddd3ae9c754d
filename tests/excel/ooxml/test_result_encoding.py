"""What crosses the pipe from the worker (読取り係の返事).

E1   what is sent is what arrives, whatever a file holds
E2   what is no answer is never taken for one, and nothing of it runs
E3   a worker that does not come up is told once, and blames no file
E4   a limit of memory that was inherited is respected
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.errors import FileError
from kohyo.excel.ooxml import worker
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.excel.ooxml.read_result import ReadResult
from kohyo.excel.ooxml.result_encoding import decode, decode_request, encode, encode_request
from kohyo.excel.ooxml.workbook_structure import Drawing
from kohyo.excel.ooxml.worker import Reader
from kohyo.model.codes import Code
from kohyo.model.face import Face, Look
from kohyo.model.finding import Finding, Place
from kohyo.model.value import RawValue
from tests.excel.faulty import faulty_worker
from tests.excel.ooxml.builders import one_cell, workbook_of

_PATH = Path("回収") / "回答.xlsx"
_PLACES = st.tuples(st.integers(0, 1_048_575), st.integers(0, 16_383))
_TEXTS = st.text(st.characters(), max_size=8)  # lone halves of surrogates among them
_NUMBERS = st.floats(allow_nan=False) | st.integers(-(2**53), 2**53)
_MOMENTS = st.dates() | st.datetimes(min_value=datetime(1900, 1, 1, 0, 0, 1))  # noqa: DTZ001 - they have no zone
_FACES = st.builds(Face, st.sampled_from(Look), st.none() | _TEXTS, st.booleans())
_GRIDS = st.builds(
    RawGrid,
    name=_TEXTS,
    visibility=st.sampled_from(["visible", "hidden", "veryHidden"]),
    cells=st.dictionaries(_PLACES, _TEXTS | _NUMBERS | st.booleans() | _MOMENTS, max_size=5),
    merges=st.lists(st.tuples(_PLACES, _PLACES), max_size=2).map(tuple),
    notes=st.dictionaries(_PLACES, st.sampled_from(["formula", "error"]), max_size=2),
    comments=st.dictionaries(_PLACES, _TEXTS, max_size=2),
    faces=st.dictionaries(_PLACES, _FACES, max_size=3),
    drawings=st.lists(st.builds(Drawing, _PLACES, _PLACES, _TEXTS), max_size=2).map(tuple),
    hidden_rows=st.frozensets(st.integers(0, 1_048_575), max_size=3),
    hidden_columns=st.frozensets(st.integers(0, 16_383), max_size=3),
)
_BOOKS = st.builds(
    RawBook,
    grids=st.lists(_GRIDS, max_size=2).map(tuple),
    names=st.dictionaries(_TEXTS, st.dictionaries(_TEXTS, _PLACES, max_size=3), max_size=2),
    properties=st.dictionaries(_TEXTS, _TEXTS, max_size=2),
    date1904=st.booleans(),
)
_FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(Code),
    place=st.builds(Place, st.just(_PATH.name), _TEXTS, _TEXTS),
    field=_TEXTS,
    value=_TEXTS,
    context=st.dictionaries(_TEXTS, _TEXTS, max_size=2),
)


_WITH_NAMES = (
    b'{"sha256":"","skipped":false,"finding":null,"infos":[],'
    b'"book":{"grids":[],"names":{"S":[%s]},"properties":{},"date1904":false}}'
)
_WITH_CELLS = (
    b'{"sha256":"","skipped":false,"finding":null,"infos":[],"book":{"grids":[{"name":"S","visibility":"visible",'
    b'"cells":%s,"merges":"","notes":{},"comments":["",[]],"faces":["",[]],"drawings":[],"hidden":[[],[]]}],'
    b'"names":{},"properties":{},"date1904":false}}'
)
_NO_CELLS = (
    b'["0,1","a"]', b'["0,1","a\\u007fb",[]]', b'["0,1","a",[[1,2]]]', b'["0,1","a",[["0",2]]]', b'["0,1",[1],[]]',
    b'["0,1","a",[[0,[2]]]]', b'["0,1","a",[[0,{"day":"x"}]]]', b'["0,1","a",[0]]', b'["0,1",1,[]]', b'["","",[]]',
)  # fmt: skip


@given(st.builds(ReadResult, st.just(_PATH), _TEXTS, st.none() | _BOOKS, st.none() | _FINDINGS))
def test_what_is_sent_arrives(result: ReadResult) -> None:
    """E1: Books with every kind of value and letter, and findings, are the same on the other side."""
    arrived = decode(encode(result), _PATH)
    assert arrived == result
    if result.book and arrived.book:
        for sent, got in zip(result.book.grids, arrived.book.grids, strict=True):
            assert [type(value) for value in sent.cells.values()] == [type(value) for value in got.cells.values()]


def test_days_and_hours_arrive_as_what_they_are() -> None:
    """E1: A day stays a day, a day with hours one with hours."""
    cells = {(0, 0): date(2024, 4, 1), (0, 1): datetime(2024, 4, 1, 12)}  # noqa: DTZ001 - they have no zone
    book = RawBook((RawGrid("S", "visible", cells, (), {}, {}),), {}, {}, date1904=False)
    arrived = decode(encode(ReadResult(_PATH, book=book)), _PATH).book
    assert arrived is not None
    assert [(type(value), value) for value in arrived.grids[0].cells.values()] == [
        (type(value), value) for value in cells.values()
    ]


@pytest.mark.parametrize("texts", [["甲", "乙"], ["甲\x7f", "乙"], ["", ""], [""], [], ["\x7f"], ["甲\n", '"\\']])
@pytest.mark.parametrize("others", [[], [1, True, 0.5, False, "x", date(2024, 4, 1)]])
def test_texts_arrive_whatever_stands_between_them(texts: list[str], others: list[RawValue]) -> None:
    """E1: Texts cross as one, also beside numbers, and one by one where they have the sign that stands between them."""
    cells: dict[Position, RawValue] = {(row, 0): value for row, value in enumerate([*texts, *others, *texts])}
    names = {"S": {text: (row, 0) for row, text in enumerate(texts)}}
    book = RawBook((RawGrid("S", "visible", cells, (), {}, {}),), names, {}, date1904=False)
    arrived = decode(encode(ReadResult(_PATH, book=book)), _PATH).book
    assert arrived == book
    assert arrived is not None
    assert repr([*arrived.grids[0].cells.items()]) == repr([*cells.items()])


def test_a_request_names_any_file() -> None:
    """E1: A name that is no proper text is asked for as it is."""
    path = Path("/tmp") / "回\udce3答.xlsx"  # noqa: S108 - a name alone
    assert decode_request(encode_request(path, 2.5, ("ひみつ",))) == (path, 2.5, ("ひみつ",))


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"sha256":"","skipped":false,"finding":["K999","","","","",{}],"infos":[],"book":null}',
        b'{"sha256":"","skipped":false,"finding":null,"infos":[],"book":{"grids":[{}]}}',
        _WITH_NAMES % b'["k"],"0,1,2"',
        _WITH_NAMES % b'["k","j"],"0,1"',
        _WITH_NAMES % b'["k"],"0,-1"',
        _WITH_NAMES % b'["k"],[0,1]',
        _WITH_NAMES % b'[["k"]],"0,1"',
        _WITH_NAMES % b'"k","0,1,0,2"',
        _WITH_NAMES % b'"k\\u007fj","0,1"',
        _WITH_NAMES % b'1,"0,1"',
        _WITH_NAMES % '["k"],"0,１"'.encode(),
        *(_WITH_CELLS % cells for cells in _NO_CELLS),
        pickle.dumps(ReadResult(_PATH)),
    ],
)
def test_what_is_no_answer_is_refused(frame: bytes) -> None:
    """E2: Letters that are no answer raise ValueError, a pickle among them."""
    with pytest.raises(ValueError, match=r".*"):
        decode(frame, _PATH)


def test_places_that_are_places_are_taken() -> None:
    """E2: The frames above are refused for nothing but their places."""
    book = decode(_WITH_NAMES % b'["k"],"0,1"', _PATH).book
    assert book is not None
    assert book.names == {"S": {"k": (0, 1)}}
    book = decode(_WITH_CELLS % b'["0,1","",[[0,2]]]', _PATH).book
    assert book is not None
    assert book.grids[0].cells == {(0, 1): 2}


def test_a_worker_that_answers_nonsense_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """E2: A file that makes the worker send something else is a finding of that file (K146); the next is read."""
    send = "send = worker_process.write_frame; worker_process.write_frame = lambda pipe, _: send(pipe, b'nonsense')"
    faulty_worker(monkeypatch, tmp_path, send)
    paths = [tmp_path / "悪.xlsx", tmp_path / "良.xlsx"]
    for path in paths:
        path.write_bytes(workbook_of(one_cell("", "<v>1</v>")))
    with Reader(seconds=2, wall=4) as reader:
        results = list(reader.read_many(paths))
    assert [result.finding and result.finding.code for result in results] == ["K146", None]


def test_a_worker_that_does_not_start_blames_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """E3: The command stops with its reason; no file becomes 「異常」."""
    monkeypatch.setattr(worker, "COMMAND", [sys.executable, "-c", "raise SystemExit(7)"])
    with Reader() as reader, pytest.raises(FileError) as caught:
        reader.read(tmp_path / "回答.xlsx")
    assert (caught.value.key, caught.value.fields["code"]) == ("reader_unstarted", 7)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a process's memory")
def test_less_memory_than_usual_is_enough(tmp_path: Path) -> None:
    """E4: Where the shell allows 600 MiB, files are read within these."""
    path = tmp_path / "回答.xlsx"
    path.write_bytes(workbook_of(one_cell("", "<v>1</v>")))
    most = 600 << 20
    script = (
        "import resource, sys; from pathlib import Path; from kohyo.excel.ooxml.worker import Reader\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({most}, {most}))\n"
        "with Reader() as reader: print(reader.read(Path(sys.argv[1])).book.grids[0].cells)"
    )
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "{(1, 1): 1}", ran.stderr
