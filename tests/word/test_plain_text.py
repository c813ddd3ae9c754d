"""The plain text of a document says what the document says.

1. Whatever stands in it, in its order and nothing else: in the letterhead, in paragraphs, cells, tables inside cells,
   what a review inserted, content controls and text boxes, links.
2. What a review struck out, what is hidden, and page numbers are in neither.
3. A record that was written with the review on, or into a content control, is read as it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kohyo.word.plain_text import plain_text
from kohyo.word.records import read_records

WORDS = st.text(st.sampled_from("提案の件名はAb1<&「」"), min_size=1, max_size=6)
_BOX = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _run(word: str, inside: str = "", tag: str = "t") -> str:
    return f'<w:r>{inside}<w:{tag} xml:space="preserve">{escape(word)}</w:{tag}></w:r>'


def _boxed(word: str) -> str:
    inner = f"<w:txbxContent><w:p>{_run(word)}</w:p></w:txbxContent>"
    both = f"<mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


SEEN: dict[str, Callable[[str], str]] = {
    "plain": _run,
    "inserted": lambda word: f'<w:ins w:id="1" w:author="a">{_run(word)}</w:ins>',
    "control": lambda word: f"<w:sdt><w:sdtContent>{_run(word)}</w:sdtContent></w:sdt>",
    "link": lambda word: f'<w:hyperlink w:anchor="a">{_run(word)}</w:hyperlink>',
    "boxed": _boxed,
}
UNSEEN: dict[str, Callable[[str], str]] = {
    "struck": lambda word: f'<w:del w:id="1" w:author="a">{_run(word, tag="delText")}</w:del>',
    "hidden": lambda word: _run(word, "<w:rPr><w:vanish/></w:rPr>"),
}
KINDS = st.sampled_from([*SEEN, *UNSEEN])
PARAGRAPHS = st.lists(st.tuples(KINDS, WORDS), min_size=1, max_size=3)
BLOCKS = st.one_of(PARAGRAPHS, st.lists(st.lists(PARAGRAPHS, min_size=2, max_size=2), min_size=1, max_size=2))


def _paragraph(pieces: Any) -> str:  # noqa: ANN401 - what hypothesis drew
    known = {**SEEN, **UNSEEN}
    return f"<w:p>{''.join(known[kind](word) for kind, word in pieces)}</w:p>"


def _block(drawn: Any) -> str:  # noqa: ANN401 - likewise
    """Return a paragraph, or a table whose last cell holds a table of its own."""
    if isinstance(drawn[0], tuple):
        return _paragraph(drawn)
    grid = "<w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    inner = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:p/>"
    rows = (
        f"<w:tr><w:tc>{_paragraph(left)}</w:tc><w:tc>{inner.format(_paragraph(right))}</w:tc></w:tr>"
        for left, right in drawn
    )
    return f"<w:tbl>{grid}{''.join(rows)}</w:tbl>"


def _expected(drawn: Any) -> str:  # noqa: ANN401 - likewise
    if isinstance(drawn, tuple):
        kind, word = drawn
        return word if kind in SEEN else ""
    return "".join(_expected(one) for one in drawn)


def _with(xml: str) -> Any:  # noqa: ANN401 - python-docx has no type for it
    return parse_xml(xml.replace(">", f" {nsdecls('w')} {_BOX}>", 1))


@given(PARAGRAPHS, st.lists(BLOCKS, min_size=1, max_size=4))
@example([("plain", "1"), ("boxed", "1")], [[("plain", "1")]])
@settings(deadline=None, max_examples=15)
def test_the_text_says_what_the_document_says(letterhead: Any, drawn: Any) -> None:  # noqa: ANN401 - likewise
    """1, 2: Letter by letter, but for the marks between cells."""
    document = docx.Document()
    body = document.element.body
    for one in drawn:
        body.insert(len(body) - 1, _with(_block(one)))
    document.sections[0].header._element.append(_with(_paragraph(letterhead)))
    document.sections[0].footer._element.append(
        _with(f'<w:p><w:fldSimple w:instr=" PAGE ">{_run("1")}</w:fldSimple></w:p>')
    )
    stream = BytesIO()
    document.save(stream)
    told = plain_text(stream.getvalue()).decode("utf-8-sig")
    assert "".join(told.replace("｜", "").split()) == _expected(letterhead) + _expected(drawn)


def test_a_record_is_read_as_it_shows() -> None:
    """3: A correction with the review on is the new word alone."""
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "番号", "対応", "1-1"
    cell = table.cell(1, 1)._tc
    cell.append(_with(_paragraph([("struck", "見送る。"), ("inserted", "試す。"), ("control", "秋に。")])))
    stream = BytesIO()
    document.save(stream)
    assert [dict(row) for row in read_records(stream.getvalue(), ("番号", "対応"))] == [
        {"番号": "1-1", "対応": "試す。秋に。"}
    ]
