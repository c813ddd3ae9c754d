"""Texts as workbooks spell them (文字列の書き方): entities, escaped characters, runs, furigana.

Rules: XML 1.0, 2.11 (ends of lines) and 4.1 (references); ECMA-376 part 1, §18.4 (shared texts), §22.9.2.19
(escaped characters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from kohyo.excel.ooxml.cell_styles import is_struck
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.model.codes import Code

_TEXT = re.compile(
    r'<si>(?:<t( xml:space="preserve")?+>([^<]*+)</t>(?:<phoneticPr[^<>]*+/>)?+</si>|(.*?)</si>)|<si/>', re.DOTALL
)
_FURIGANA = re.compile(r"<rPh[ >].*?</rPh>", re.DOTALL)
_LETTERS = re.compile(r'<t( xml:space="preserve")?+>([^<]*+)</t>')
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x00([0-9A-Fa-f]{2})_")
_BLANK = " \t\r\n"
_RECURRING = 200
SIGNS = ("&", "\r", "_x00")
"""Without these a text is its own spelling."""

_STRIKE = "strike"


def shared_texts(content: str) -> list[str]:
    """Return the shared texts (共有文字列) of a part that is plainly spelled; raise RefusedError."""
    found = _TEXT.findall(content)
    if not any(sign in content for sign in SIGNS):
        return [rich_text(rich) if rich else text if kept else text.strip(_BLANK) for kept, text, rich in found]
    return [
        rich_text(rich)
        if rich
        else _kept(text, bool(preserved))
        if len(text) <= _RECURRING
        else _letters(text, bool(preserved))
        for preserved, text, rich in found
    ]


def rich_text(spelled: str) -> str:
    """Return the letters of a text of runs, without furigana; raise RefusedError."""
    return "".join(_letters(text, bool(preserved)) for preserved, text in _LETTERS.findall(_FURIGANA.sub("", spelled)))


def visible_of(own: str) -> str | None:
    """Return what is visible of a text of a cell's own of which letters are struck through, None of any other."""
    return _visible(_tree(f"<is>{own}</is>")) if _STRIKE in own else None


def struck_texts(content: str) -> dict[int, str]:
    """Return the shared texts of which letters are struck through, by number, with what is visible of them."""
    if _STRIKE not in content:
        return {}
    texts = (node for node in _tree(content) if _local(node) == "si")
    return {number: text for number, node in enumerate(texts) if (text := _visible(node)) is not None}


def _visible(text: ET.Element) -> str | None:
    """Return what of a rich text is not struck through, None where nothing is."""
    runs = [node for node in text if _local(node) == "r"]
    struck = [is_struck(next((part for part in run if _local(part) == "rPr"), None)) for run in runs]
    if not any(struck):
        return None
    return "".join(part for run, gone in zip(runs, struck, strict=True) if not gone for part in _of_run(run))


def _of_run(run: ET.Element) -> Iterator[str]:
    return (part.text or "" for part in run if _local(part) == "t")


def unescaped(text: str) -> str:
    """Return what the letters of a part stand for; raise RefusedError for a reference that stands for nothing."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def result_text(text: str) -> str:
    """Return the text that a formula yields; raise RefusedError."""
    return _characters(unescaped(text))


def _referred(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name:
        return _ENTITIES[name]
    code = int(decimal) if decimal else int(hexadecimal or "0", 16)
    if not code or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - what Unicode knows
        raise RefusedError(Code.K143, found[0])
    return chr(code)


def _letters(text: str, preserved: bool) -> str:  # noqa: FBT001 - as the pattern finds it
    found = unescaped(text)
    return _characters(found if preserved else found.strip(_BLANK))


def _characters(found: str) -> str:
    """Return a text with the characters that Excel spells by their numbers: ``_x000D_``."""
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), found) if "_x00" in found else found


def _tree(content: str) -> ET.Element:
    try:
        return ET.fromstring(content.encode())  # noqa: S314 - the safety pass refuses DTDs
    except ET.ParseError as error:
        raise RefusedError(Code.K143) from error


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]


_kept = lru_cache(maxsize=8192)(_letters)
