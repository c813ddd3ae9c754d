"""Templates (様式) and what fills them.

T1  every shipped template is sound, and the same source gives the same bytes
T2  a field that there is not is told with its place, wherever it stands: text, table, loop, header
T3  a tag that is bent is told with its place, before anything is filled; what is no Word file is refused
T4  a template of the office's own is filled as it is, letterhead and all
T5  whatever a field says stands in the document letter by letter, and is never taken for a tag
T6  a document tells its title, its language and its heading rows
T7  a record is read by its headings wherever they stand; a table without them is left alone
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.messages import wording
from kohyo.model.table import Cell, Column, Row, Table
from kohyo.papers.paper import schema, table_names, templates
from kohyo.word.fill import filled
from kohyo.word.plain_text import plain_text
from kohyo.word.records import read_records
from kohyo.word.template_check import template_faults
from kohyo.word.template_writer import template_bytes

FONT = "BIZ UDPゴシック"
FIELDS = {"件名": None, "一覧": {"番号": None, "名前": None}}
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
Draw = Callable[[Any], object]


def template(draw: Draw) -> bytes:
    """Return a Word file that ``draw`` wrote."""
    document = docx.Document()
    draw(document)
    return saved(document)


def saved(document: Any) -> bytes:  # noqa: ANN401 - python-docx has no type for it
    """Return a document as bytes."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def text_of(data: bytes) -> str:
    """Return what a document says."""
    return plain_text(data).decode("utf-8-sig")


@pytest.mark.parametrize("name", templates())
def test_a_shipped_template_is_sound(name: str) -> None:
    """T1: It names no field that there is not."""
    made = template_bytes(name, FONT)
    assert template_faults(made, schema(name), table_names(name)) == ()
    assert made == template_bytes(name, FONT)


def _in_table(document: Any) -> None:  # noqa: ANN401 - as above
    cells = document.add_table(3, 2).rows
    cells[0].cells[0].text = "{%tr for 行 in 一覧 %}"
    cells[1].cells[1].text = "{{ 行.番後 }}"
    cells[2].cells[0].text = "{%tr endfor %}"


@pytest.mark.parametrize(
    ("draw", "named", "place", "known"),
    [
        (lambda doc: doc.add_paragraph("拝啓 {{ 件明 }} について"), "件明", "本文の1段落目", "件名"),
        (_in_table, "行.番後", "1番目の表の2行目2列目", "番号"),
        (lambda doc: _header(doc, "{{ 部書 }}"), "部書", "ヘッダー", "件名"),
        (lambda doc: doc.add_paragraph("{{ 件名.細目 }}"), "件名.細目", "本文の1段落目", ""),
        (lambda doc: doc.add_paragraph("{% if 有無 %}x{% endif %}"), "有無", "本文の1段落目", "件名"),
    ],
    ids=["text", "row", "header", "part of a text", "condition"],
)
def test_a_wrong_field_is_told_with_its_place(draw: Draw, named: str, place: str, known: str) -> None:
    """T2: What it names, where, and what would do."""
    (fault,) = template_faults(template(draw), FIELDS)
    assert (fault.kind, fault.named) == ("field", named)
    assert fault.place.startswith(place)
    assert not known or known in fault.known


def _header(document: Any, text: str) -> None:  # noqa: ANN401 - as above
    document.sections[0].header.paragraphs[0].text = text


def test_a_tag_that_is_not_closed_is_told() -> None:
    """T3: With the paragraph that it stands in."""
    (fault,) = template_faults(template(lambda doc: doc.add_paragraph("{{ 件名 } です")), FIELDS)
    assert (fault.kind, fault.named) == ("tag", "{{ 件名 } です")
    assert fault.place.startswith("本文の1段落目")


BENT = {
    "full-width braces": (["｛｛ 件名 ｝｝"], "wide", 1),
    "full-width sign": (["{％ if 件名 ％}"], "wide", 1),
    "one brace": (["{ 件名 }"], "single", 1),
    "quotes of Word": (["x", "{{ “件名” }}"], "tag", 2),
    "no end": (["x", "{%p for 行 in 一覧 %}", "{{ 行.番号 }}"], "open", 2),
    "no beginning": (["x", "{%p endfor %}"], "close", 2),
    "crossed": (["{%p if 件名 %}", "{%p for 行 in 一覧 %}", "{%p endif %}", "{%p endfor %}"], "crossed", 3),
    "half a paragraph": (["{%p if 件名 %}", "{% endif %}"], "crossed", 2),
    "row outside a table": (["{%tr for 行 in 一覧 %}", "{%tr endfor %}"], "row", 1),
    "text beside": (["拝啓 {%p if 件名 %}", "{%p endif %}"], "beside", 1),
    "list as text": (["x", "{{ 一覧 }}"], "list", 2),
    "row as text": (["{%p for 行 in 一覧 %}", "{{ 行 }}", "{%p endfor %}"], "list", 2),
    "text as list": (["{%p for 字 in 件名 %}", "{%p endfor %}"], "not_list", 1),
    "table as text": (["{%p for 行 in 一覧 %}", "{{ 行.表 }}", "{%p endfor %}"], "table", 2),
    "text as table": (["{{p 件名 }}"], "text", 1),
    "method": (["{{ 件名|upper }}{{ 件名() }}"], "form", 1),
    "raw": (["{{r 件名 }}"], "form", 1),
    "sum": (["{{ 1/0 }}"], "form", 1),
    "unknown filter": (["{{ 件名|大文字 }}"], "form", 1),
    "another file": (["{% include '別' %}"], "form", 1),
    "deeper": (["{%p for 行 in 一覧 %}", "{{ 行.番号.桁 }}", "{%p endfor %}"], "form", 2),
}
"""What people do to a template: its paragraphs, the kind of the fault, and the number of the paragraph told."""


@pytest.mark.parametrize("name", BENT)
def test_a_bent_template_is_told_with_its_place(name: str) -> None:
    """T3: In Japanese, before anything is filled."""
    texts, kind, number = BENT[name]
    fields = {"件名": None, "一覧": {"番号": None, "名前": None, "表": None}}
    faults = template_faults(template(lambda doc: [doc.add_paragraph(text) for text in texts]), fields, ["表"])
    assert (faults[0].kind, faults[0].place) == (kind, f"本文の{number}段落目「{texts[number - 1]}」")
    told = wording(f"papers.fault.{kind}", place="", named=faults[0].named, known="、".join(faults[0].known))
    assert told.endswith("。")


def _split(paragraph: Any) -> None:  # noqa: ANN401 - as above
    """Put every character of a paragraph into a run of its own, as an edit in Word may."""
    for run in list(paragraph.runs):
        for character in run.text:
            paragraph.add_run(character).bold = len(paragraph.runs) % 2 == 0
        run._element.getparent().remove(run._element)


def test_a_template_whose_runs_were_split() -> None:
    """T4: It is as sound, and says the same."""
    document = docx.Document(BytesIO(template_bytes("recruit", FONT)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        _split(paragraph)
    split = saved(document)
    assert template_faults(split, schema("recruit"), table_names("recruit")) == ()
    names: dict[str, object] = {
        name: [] if inner is not None else f"《{name}》" for name, inner in schema("recruit").items()
    }
    names["実施するもの"] = [{"名前": "窓口", "内容": "広げる。"}]
    assert text_of(filled(split, names, "題")) == text_of(filled(template_bytes("recruit", FONT), names, "題"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "{{ 件名 }}".encode()])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    """T3: Neither a template nor a record."""
    with pytest.raises(ValueError, match="no Word file"):
        template_faults(data, FIELDS)
    with pytest.raises(ValueError, match="no Word file"):
        read_records(data, ("番号",))


def _letterhead(document: Any) -> None:  # noqa: ANN401 - as above
    _header(document, "みなと町　{{ 件名 }}")
    document.add_paragraph("本件：{{ 件名 }}")
    _rows(document)


def _rows(document: Any) -> None:  # noqa: ANN401 - as above
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for 行 in 一覧 %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ 行.番号 }}", "{{ 行.名前 }}"
    table.cell(2, 0).text = "{%tr endfor %}"


def test_an_own_template_keeps_its_letterhead() -> None:
    """T4: The header is filled too, and a list takes as many rows as it has."""
    rows = [{"番号": "1-1", "名前": "窓口"}, {"番号": "1-2", "名前": "電話"}]
    made = filled(template(_letterhead), {"件名": "調査", "一覧": rows}, "題")
    document = docx.Document(BytesIO(made))
    assert document.sections[0].header.paragraphs[0].text == "みなと町　調査"
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["1-1", "窓口"], ["1-2", "電話"]]
    assert text_of(made).split("\r\n")[:2] == ["みなと町　調査", "本件：調査"]


@given(st.text(CHARACTERS, min_size=1))
@settings(deadline=None, max_examples=12)
def test_what_a_field_says_is_no_tag(said: str) -> None:
    """T5: Braces, signs of XML and anything else come out as they went in."""
    made = filled(template(lambda doc: doc.add_paragraph("＜{{ 件名 }}＞")), {"件名": said}, "題")
    assert docx.Document(BytesIO(made)).paragraphs[0].text == f"＜{said}＞"


@pytest.mark.parametrize("said", ["{{ 計画名 }}", "{% raw %}", "a\x00b\x0bc", "1\n2\t3", "<w:p>&amp;"])
def test_hard_texts(said: str) -> None:
    """T5: Lines stay lines; what no document can hold is left out."""
    made = filled(template(lambda doc: doc.add_paragraph("{{ 件名 }}")), {"件名": said}, "題")
    assert docx.Document(BytesIO(made)).paragraphs[0].text == said.replace("\x00", "").replace("\x0b", "")


def test_a_table_in_a_document() -> None:
    """T5, T6: Spans, heading rows and texts of a table as they are, braces among them."""
    table = Table(
        name="表",
        title="件数の表",
        columns=(Column("a", "甲", 1), Column("b", "乙", 2)),
        head=(Row((Cell("見出し", "head", across=2), None)),),
        body=(Row((Cell("高い", down=2), Cell("{{ 甲 }}"))), Row((None, Cell(1200, "count")))),
        record_columns=(),
        records=(),
    )
    made = filled(template(lambda doc: doc.add_paragraph("{{p 件名 }}")), {"件名": table}, "題")
    document = docx.Document(BytesIO(made))
    (found,) = document.tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["見出し", "見出し"],
        ["高い", "{{ 甲 }}"],
        ["高い", "1,200"],
    ]
    assert len(list(found._tbl.iter(qn("w:tblHeader")))) == 1
    assert [entry.get(qn("w:val")) for entry in found._tbl.iter(qn("w:tblCaption"))] == ["件数の表"]
    assert (document.core_properties.title, document.core_properties.language) == ("題", "ja-JP")


def test_a_record_is_read_by_its_headings() -> None:
    """T7: Columns in another order and a column besides; empty rows and other tables are passed over."""

    def draw(document: Any) -> None:  # noqa: ANN401 - as above
        document.add_table(1, 1).cell(0, 0).text = "日程"
        table = document.add_table(4, 3)
        for row, texts in enumerate([(" 対応 ", "番号", "印"), ("直す", "１-1", "済"), ("", "", ""), ("", "1-2", "")]):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text

    found = read_records(template(draw), ("番号", "対応"))
    assert [dict(row) for row in found] == [{"番号": "１-1", "対応": "直す"}, {"番号": "1-2", "対応": ""}]
