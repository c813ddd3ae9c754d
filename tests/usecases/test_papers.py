"""Papers: the year's documents from register, definition and status.

P1  every paper is made as Word and as text that says the same; what has nothing to tell is not made, and why is said
P2  a letter per department names what it owns, and no more; what is empty leaves no heading
P3  mails are unsent, hold the form that is to come back, and say what is owed
P4  what a person changed is left alone; what is no longer due goes away
P5  a record of a hearing is read back; one without its headings is told
P6  a template of the office's own is used; a field it names wrongly is told with file and place, and nothing is written
P7  the committee's report tells the difference to the version that was frozen last
P8  a meeting's paper names the seats of its body, and the items that are late with their reasons
P9  twice the same day gives the same bytes
P10 what went out on an earlier day is never written over: letters and calls go with their form, the rest with its day
P11 a letter's figures are those of its form; one that is made after its deadline is told
"""

from __future__ import annotations

from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import docx
import pytest

import kohyo
from kohyo.errors import FileError, UsageError
from kohyo.messages import describe_problem
from kohyo.usecases.papers import Papered, write_templates
from kohyo.workspace.folder import Workspace
from tests.usecases.small import Small

DAY = date(2030, 7, 1)


def made(small: Small, *names: str) -> Papered:
    """Make papers on the day."""
    return kohyo.make_papers(small.root, names, today=DAY)


def text(path: Path) -> str:
    """Return a text twin."""
    return path.read_text(encoding="utf-8-sig")


def one(small: Small, place: str) -> Path:
    """Return a file below 結果/文書."""
    return small.workspace.papers / place


def of_day(small: Small, name: str, suffix: str = ".txt", day: date = DAY) -> Path:
    """Return a file that is named after its day."""
    (path,) = small.workspace.papers.glob(f"*/{name}_{day.isoformat()}{suffix}")
    return path


@pytest.fixture(scope="module")
def answered_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after two returns: an item is late; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("answered"))
    made.send("企画財政局", {"1-1": {"state": "遅れ"}})
    made.send("西区役所", {"2-2": {"state": None}})
    made.consolidate()
    return made


@pytest.fixture
def answered(answered_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return answered_origin.copied(tmp_path)


def test_every_paper(answered: Small) -> None:
    """P1, P9: Those that can be made; each beside its text; again, and no byte changes."""
    done = made(answered)
    folder = answered.workspace.papers
    words = {path.relative_to(folder).as_posix() for path in done.written if path.suffix == ".docx"}
    assert {place.split("/")[0].removesuffix(".docx") for place in words} == {
        "調査依頼文", "募集要領", "ヒアリング日程表", "ヒアリング資料", "ヒアリング記録用紙", "会議資料", "プラン本編Ⅵ",
    }  # fmt: skip
    assert set(done.left_out) == {
        "公募", "ヒアリング結果", "常任委員会報告（年度途中追加）", "常任委員会報告（修正計画）", "効果額一覧",
    }  # fmt: skip
    assert all((folder / place).with_suffix(".txt").is_file() for place in words)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    made(answered)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_letter_to_a_department(small: Small) -> None:
    """P2: 市民局 owns two items, 東区役所 other ones; there are no good practices, so no sheet of them."""
    made(small, "調査依頼文")
    said = text(one(small, "調査依頼文/調査依頼文_市民局.txt"))
    assert "2-1｜窓口の予約" in said
    assert "3-1｜研修" in said
    assert "使用料" not in said
    assert "令和12年6月28日" in said
    assert "好事例" not in said
    assert "2-2｜区の窓口" in text(one(small, "調査依頼文/調査依頼文_東区役所.txt"))


def test_a_mail_holds_the_form(answered: Small) -> None:
    """P3: A silent department gets its form again, one that has to mend gets the correction."""
    made(answered, "督促文", "差戻し送付文")
    (missing,) = one(answered, "督促文").glob("*市民局_*.eml")
    mail = message_from_bytes(missing.read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["To"]) == ("1", None)
    (form,) = mail.iter_attachments()
    assert form.get_filename() == "調査票_市民局.xlsx"
    assert form.get_content() == answered.form("市民局").read_bytes()
    body = mail.get_body()
    assert body is not None
    assert (
        body.get_content().replace("\r\n", "\n").strip()
        == text(missing.with_suffix(".txt")).replace("\r\n", "\n").strip()
    )
    (correction,) = one(answered, "差戻し送付文").glob("*西区役所_*.eml")
    (sent,) = message_from_bytes(correction.read_bytes(), policy=default).iter_attachments()
    assert sent.get_content() == next(answered.workspace.sent_back.glob("*西区役所*")).read_bytes()


def test_no_reminder_before_the_day(answered: Small) -> None:
    """P3: Before the deadline nobody is reminded; what has to be mended is sent back."""
    done = kohyo.make_papers(answered.root, ("督促文", "差戻し送付文"), today=date(2030, 6, 1))
    assert set(done.left_out) == {"督促文"}
    assert "締切を過ぎて" in done.left_out["督促文"]
    assert [path.name for path in one(answered, "差戻し送付文").glob("*.eml")] == [
        "差戻し送付文_西区役所_2030-06-01.eml"
    ]


def test_what_a_person_changed_stays(answered: Small) -> None:
    """P4: A letter with a sentence more stays, its text follows; a reminder that is no longer due goes away."""
    made(answered, "調査依頼文", "督促文")
    mine = one(answered, "調査依頼文/調査依頼文_市民局.docx")
    document = docx.Document(str(mine))
    document.add_paragraph("追伸、ご相談ください。")
    document.save(str(mine))
    changed = mine.read_bytes()
    answered.send("市民局")
    answered.consolidate()
    done = made(answered, "調査依頼文", "督促文")
    assert done.kept == (mine,)
    assert mine.read_bytes() == changed
    assert "追伸、ご相談ください。" in text(mine.with_suffix(".txt"))
    assert not list(one(answered, "督促文").glob("*市民局*"))
    assert list(one(answered, "督促文").glob("*東区役所_2030-07-01.eml"))


def test_a_record_comes_back(small: Small) -> None:
    """P5: What was written down is gathered; a record whose heading is gone is told."""
    made(small, "ヒアリング記録用紙")
    path = one(small, "ヒアリング記録用紙/ヒアリング記録用紙_市民局.docx")
    document = docx.Document(str(path))
    table = next(table for table in document.tables if table.cell(0, 1).text == "番号")
    row = next(row for row in table.rows if row.cells[1].text == "2-1")
    row.cells[3].text, row.cells[4].text = "秋に始める。", "予算を要求する。"
    document.save(str(path))
    spoiled = one(small, "ヒアリング記録用紙/ヒアリング記録用紙_企画財政局.docx")
    docx.Document().save(str(spoiled))
    done = made(small, "ヒアリング結果")
    assert done.unread == (spoiled,)
    assert done.needs_person
    assert "市民局｜2-1｜窓口の予約｜秋に始める。｜予算を要求する。" in text(of_day(small, "ヒアリング結果"))
    assert path.exists()


def test_an_own_template(small: Small) -> None:
    """P6: The office's letterhead and words; of the call for one form alone there may be one of its own."""
    folder = small.workspace.templates
    assert len(write_templates(small.root).templates) == 11
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "架空市　改革推進課"
    document.add_paragraph("{{ 部 }}の皆さん、{{ 締切 }}までに{{ 個票の件数 }}件をお願いします。")
    document.save(str(folder / "調査依頼文.docx"))
    (folder / "依頼文.doc").write_bytes(b"old")
    assert made(small, "調査依頼文").unused == (folder / "依頼文.doc",)
    path = one(small, "調査依頼文/調査依頼文_市民局.docx")
    said = "市民局の皆さん、令和12年6月28日（金）までに2件をお願いします。"
    assert text(path.with_suffix(".txt")).splitlines() == ["架空市　改革推進課", said]
    assert docx.Document(str(path)).sections[0].header.paragraphs[0].text == "架空市　改革推進課"
    assert len(write_templates(small.root).kept) == 11


def test_a_wrong_template_stops(small: Small) -> None:
    """P6: The sentence names the file, the place and what may be used; nothing is written."""
    folder = small.workspace.templates
    folder.mkdir()
    document = docx.Document()
    document.add_paragraph("拝啓")
    document.add_paragraph("{{ 部名 }}の皆さん")
    document.save(str(folder / "調査依頼文.docx"))
    with pytest.raises(UsageError) as told:
        made(small, "調査依頼文")
    sentence = describe_problem(told.value)
    assert "調査依頼文.docx" in sentence
    assert "本文の2段落目「{{ 部名 }}の皆さん」：「部名」という欄はありません。" in sentence
    assert not small.workspace.papers.exists()
    (folder / "調査依頼文.docx").write_bytes(b"PK")
    with pytest.raises(FileError):
        made(small, "調査依頼文")


def test_the_committee_hears_the_difference(answered: Small) -> None:
    """P7: An overview was changed since the version; there is no addition to report."""
    kohyo.freeze(answered.root, "当初")
    answered.edit(2, 取組の内容="来庁の予約を始め、広げる。")
    done = made(answered, "常任委員会報告（修正計画）", "常任委員会報告（年度途中追加）")
    assert list(done.left_out) == ["常任委員会報告（年度途中追加）"]
    said = text(of_day(answered, "常任委員会報告（修正計画）"))
    assert "修正 1件" in said
    assert "来庁の予約を始め、広げる。" in said
    assert "使用料" not in said
    with pytest.raises(UsageError):
        kohyo.make_papers(answered.root, ["常任委員会報告（修正計画）"], since="ない版")


def test_a_meeting_hears_what_is_late(answered: Small) -> None:
    """P8: The members of 改革会議, and 1-1 alone among what is late."""
    made(answered, "会議資料")
    said = text(of_day(answered, "会議資料_改革会議"))
    assert "市長｜議長" in said
    assert "企画財政局長｜" in said
    late = said[said.index("遅れている取組み\n") :]
    assert "1-1｜使用料の見直し" in late
    assert "2-1" not in late[: late.index("今後の予定")]


def test_a_wrong_name_is_told(small: Small) -> None:
    """P1: With the names that there are."""
    with pytest.raises(UsageError) as told:
        made(small, "請求書")
    assert "調査依頼文" in describe_problem(told.value)


def _bytes_of(small: Small) -> dict[str, bytes]:
    folder = small.workspace.papers
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_went_out_stays(small: Small) -> None:
    """P10, P11: Whatever the register says since; another day has papers of its own, a new form a new letter."""
    out, asked = date(2030, 6, 3), ("調査依頼文", "募集要領", "会議資料")
    kohyo.make_papers(small.root, asked, today=out)
    before = _bytes_of(small)
    small.edit(1, 担当局="市民局")
    done = made(small, *asked)
    assert _bytes_of(small).items() >= before.items()
    assert {path.name.split("_")[0] for path in done.past} == {"調査依頼文", "募集要領"}
    assert not done.late
    assert of_day(small, "会議資料_改革会議", day=out) != of_day(small, "会議資料_改革会議")
    mine = one(small, "調査依頼文/調査依頼文_市民局.txt")
    mine.unlink()
    mine.with_suffix(".docx").unlink()
    assert made(small, "調査依頼文").late == {"調査依頼文": (date(2030, 6, 28), DAY)}
    assert "次の2件の個票" in text(mine)
    assert "使用料" not in text(mine)
    kohyo.distribute(small.root, now=datetime(2030, 7, 1, 9))  # noqa: DTZ001 - as in the workspace
    made(small, "調査依頼文")
    assert "使用料" in text(one(small, "調査依頼文/調査依頼文_市民局_第2回.txt"))
    assert "使用料" not in text(mine)
