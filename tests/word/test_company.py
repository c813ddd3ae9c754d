"""Tables of a template: the last rows stay together, whatever the template's own rows look like."""

from __future__ import annotations

from io import BytesIO

import docx

from kohyo.word.fill import filled


def _template() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=3, cols=1)
    for row, text in zip(table.rows, ("{%tr for 行 in 一覧 %}", "{{ 行.名前 }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_no_row_stands_alone() -> None:
    """Of five rows the last three: those before the last are kept with the one that follows."""
    data = filled(_template(), {"一覧": [{"名前": f"行{place}"} for place in range(5)]}, "題")
    (table,) = docx.Document(BytesIO(data)).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [None, None, True, True, None]
