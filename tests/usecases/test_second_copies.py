"""What cannot be made again stands twice (控えの写し).

1. A base that is gone or damaged is read from its copy, and that is told; the register is as it would have been.
2. What a file says still counts when both the file and what is kept of it are gone.
3. A copy that was altered, or cut off while it was written, counts for nothing and spoils none of the others.
4. What is kept is looked at once a command, however many copies it adds.
5. A form is known by what it held: one of the same number with another content is refused, whichever went out first.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kohyo.errors import FileError
from kohyo.model.outcome import Outcome
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.notices import listening
from kohyo.workspace.second_copies import SecondCopies
from kohyo.workspace.session import session
from tests.usecases.small import Small

DEPARTMENT, NUMBER, SAID = "市民局", "2-1", "来庁と電話の予約を始める。"


def _gone(path: Path) -> None:
    path.unlink()


def _flipped(path: Path) -> None:
    """Change one letter of a text, so that the file is as good as before to look at."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("来庁の予約", "来庁の要約"), encoding="utf-8")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _base_of(small: Small, department: str) -> Path:
    (found,) = (
        small.workspace.bases / f"{issue.control}.json"
        for issue in load_bases(small.workspace).values()
        if issue.department == department
    )
    return found


@pytest.mark.parametrize("harm", [_gone, _flipped, _cut])
def test_a_base_is_read_from_its_copy(small: Small, harm: Callable[[Path], None]) -> None:
    """The others are read, and so is this one: only what the department changed is a change (1)."""
    base = _base_of(small, DEPARTMENT)
    harm(base)
    small.send(DEPARTMENT, {NUMBER: {"overview": SAID}})
    small.send("西区役所")
    with listening() as told:
        small.consolidate()
    assert set(small.outcomes().values()) == {Outcome.ACCEPTED}
    assert small.item(NUMBER).values["overview"] == SAID
    assert small.item(NUMBER).values["title"] == "窓口の予約"
    assert [base.name in sentence for sentence in told.sentences] == [True]


def test_a_base_and_its_copy_gone(small: Small) -> None:
    """What came back cannot be read rightly then, and nothing is read (1)."""
    small.send(DEPARTMENT)
    small.consolidate()
    small.forget_what_went_out(DEPARTMENT)
    with pytest.raises(FileError) as refused:
        small.consolidate()
    assert refused.value.key == "bases_gone"


def test_an_answer_outlives_its_file(small: Small) -> None:
    """The file left 回収, and what was kept of it is gone: the register still says what it said (2)."""
    path = small.send(DEPARTMENT, {NUMBER: {"overview": SAID}})
    small.send("西区役所", name="西.xlsx")
    small.consolidate()
    path.unlink()
    shutil.rmtree(small.workspace.answers)
    with listening() as told:
        small.consolidate()
    assert small.item(NUMBER).values["overview"] == SAID
    assert small.receipt(path.name).outcome is Outcome.ACCEPTED
    assert "写し" in "".join(told.sentences)


def test_a_copy_that_was_harmed(tmp_path: Path) -> None:
    """A line that was cut off, one that was altered: the others are there, and what comes later is (3)."""
    copies = SecondCopies(tmp_path / "写し.jsonl")
    copies.add({"a.json": "一".encode(), "b.json": "二\n三".encode()})
    whole = (tmp_path / "写し.jsonl").read_bytes()
    (tmp_path / "写し.jsonl").write_bytes(whole.replace("一".encode(), "十".encode())[:-3])
    copies.add({"c.json": "四".encode()})
    assert copies.contents() == {"c.json": "四".encode()}
    copies.add({"a.json": "五".encode()})
    assert copies.contents() == {"a.json": "五".encode(), "c.json": "四".encode()}


def test_the_same_is_kept_once(tmp_path: Path) -> None:
    """What is known already is not written again, what is new comes last (3)."""
    copies = SecondCopies(tmp_path / "写し" / "配布時.jsonl")
    for content in ("一", "一", "二", "二"):
        copies.add({"a.json": content.encode()})
    assert len((tmp_path / "写し" / "配布時.jsonl").read_bytes().splitlines()) == 2
    assert copies.contents() == {"a.json": "二".encode()}
    assert len(copies.digests()["a.json"]) == 2


def test_many_copies_cost_one_look(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each base that goes out comes behind the others, in the order in which they were written (4)."""
    looks: list[Path] = []
    lines = SecondCopies._lines

    def counted(copies: SecondCopies) -> Iterator[bytes]:
        looks.append(small.workspace.base_copies)
        return lines(copies)

    small.workspace.base_copies.unlink()
    monkeypatch.setattr(SecondCopies, "_lines", counted)
    names = [path.name for path in sorted(small.workspace.bases.iterdir())]
    with session(small.root, "restore") as current:
        for name in names:
            current.files.keep(small.workspace.base_copies, small.workspace.bases / name)
    assert len(names) > 1
    assert len(looks) == 1
    assert list(SecondCopies(small.workspace.base_copies).contents()) == names


def test_a_form_of_another_content_is_refused(small: Small) -> None:
    """The server was set back and forms of the same numbers went out: nothing of the old one is read (5)."""
    old = small.send(DEPARTMENT, {NUMBER: {"overview": SAID}}, name="古い様式.xlsx")
    small.forget_what_went_out()
    small.edit(2, 取組の内容="事務局が書き直した。")
    small.distribute()
    new = small.send(DEPARTMENT, name="新しい様式.xlsx")
    small.consolidate()
    assert small.outcomes() == {old.name: Outcome.FOREIGN, new.name: Outcome.ACCEPTED}
    assert small.item(NUMBER).values["overview"] == "事務局が書き直した。"


def test_another_deadline_is_the_same_form(small: Small) -> None:
    """Forms that go out again as they were are the same forms (5)."""
    path = small.send(DEPARTMENT)
    small.distribute()
    small.consolidate()
    assert small.receipt(path.name).outcome is Outcome.ACCEPTED
