"""Drafts of mails (督促文・差戻し送付文) as another program reads them.

1. Read strictly there is no fault: subject, text and the names of what is attached come out as they went in.
2. Lines end in CRLF, none is longer than a mail may be, and what stands before the text is ASCII.
3. Every encoded word is whole characters: a program that decodes one by one shows no broken ones.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header
from email.policy import strict

from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.papers.mail_draft import mail_draft

SIGNS = st.sampled_from("調査票の提出について（お願い）令和6年度―〜①Ａa _-.,;:'\"=?&%")
SUBJECTS = st.text(SIGNS | st.characters(categories=("Lo", "Nd")), min_size=1, max_size=90).map(str.strip).filter(bool)
NAMES = st.text(st.sampled_from("調査票部課・、（）令和_ .a1%'"), min_size=1, max_size=60).map(
    lambda name: f"票{name}票.xlsx"
)
TEXTS = st.text(SIGNS | st.just("\n"), max_size=120)
_WORD = re.compile(rb"=\?utf-8\?[bq]\?[^?]*\?=", re.IGNORECASE)


@given(SUBJECTS, TEXTS, st.dictionaries(NAMES, st.binary(max_size=99), max_size=2))
@settings(deadline=None, max_examples=60)
def test_another_program_reads_it(subject: str, text: str, attached: dict[str, bytes]) -> None:
    """1, 2, 3: Whatever Japanese stands in it."""
    raw = mail_draft(subject, text, attached)
    message = message_from_bytes(raw, policy=strict)
    assert [part.defects for part in message.walk()] == [[] for _ in message.walk()]
    assert (str(message["Subject"]), message["X-Unsent"], message["To"]) == (subject, "1", None)
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    assert {part.get_filename(): part.get_content() for part in message.iter_attachments()} == attached
    lines = raw.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line or len(line) > 998]
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    for word in _WORD.findall(head):
        ((part, charset),) = decode_header(word.decode())
        assert isinstance(part, bytes)
        assert part.decode(charset or "")
