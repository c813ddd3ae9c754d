"""Packages that say one thing and seem to say another (まぎらわしい部品)."""

from __future__ import annotations

import re
from collections.abc import Callable

Parts = dict[str, bytes]
TEXTS = "xl/sharedStrings.xml"
"""Where the shared texts usually are."""

_LINKS, _BOOK = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"


def _swap(old: str, new: str) -> Callable[[Parts], Parts]:
    """Return a way that changes the letters of one part that matters."""
    return lambda parts: {name: _in_links(name, content, old, new) for name, content in parts.items()}


def _in_links(name: str, content: bytes, old: str, new: str) -> bytes:
    return content.replace(old.encode(), new.encode()) if name == _LINKS else content


def _decoy_of(content: bytes) -> bytes:
    return content.replace("の答え".encode(), "の囮".encode())


def _moved(parts: Parts, old: str, new: str) -> Parts:
    """Return the parts under other names, with links that follow."""
    return {
        name.replace(old, new): content.replace(old.encode(), new.encode())
        if name.endswith(("rels", "Types].xml"))
        else content
        for name, content in parts.items()
    }


def _renamed_texts(parts: Parts) -> Parts:
    changed = _swap("sharedStrings.xml", "texts.xml")(parts)
    return {("xl/texts.xml" if name == TEXTS else name): content for name, content in changed.items()}


def _stale_texts(parts: Parts) -> Parts:
    return _renamed_texts(parts) | {TEXTS: _decoy_of(parts[TEXTS])}


def _another_list(parts: Parts) -> Parts:
    """Let the workbook name two lists of texts."""
    found = parts | {"xl/sharedStrings2.xml": _decoy_of(parts[TEXTS])}
    link = re.search(rb'<Relationship Id="rIdTexts"[^>]*>', parts[_LINKS])
    assert link
    second = link[0].replace(b"rIdTexts", b"rIdTexts2").replace(b"sharedStrings.xml", b"sharedStrings2.xml")
    return found | {_LINKS: parts[_LINKS].replace(link[0], link[0] + second)}


def _same_id(parts: Parts) -> Parts:
    """Let two relationships bear one id."""
    link = re.search(rb'<Relationship Id="rId3"[^>]*>', parts[_LINKS])
    assert link
    other = link[0].replace(b"sheet3.xml", b"sheet4.xml")
    return parts | {_LINKS: parts[_LINKS].replace(link[0], link[0] + other)}


def _decoy_book(parts: Parts) -> Parts:
    """Move the true workbook to another folder and leave one with decoys in the usual place."""
    true = {name.replace("xl/", "book/"): content for name, content in parts.items() if name.startswith("xl/")}
    links = {"_rels/.rels": parts["_rels/.rels"].replace(b'"xl/workbook', b'"book/workbook')}
    decoys = {name: _decoy_of(content) for name, content in parts.items() if name.startswith("xl/")}
    types = {"[Content_Types].xml": parts["[Content_Types].xml"].replace(b'"/xl/', b'"/book/')}
    return parts | decoys | true | links | types


def _two_books(parts: Parts) -> Parts:
    links = parts["_rels/.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'officeDocument" Target="xl/workbook2.xml"/></Relationships>',
    )
    return parts | {"_rels/.rels": links, "xl/workbook2.xml": parts[_BOOK]}


def _in_book(old: str, new: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts | {_BOOK: parts[_BOOK].replace(old.encode(), new.encode())}


def _texts(change: Callable[[bytes], bytes]) -> Callable[[Parts], Parts]:
    return lambda parts: parts | {TEXTS: change(parts[TEXTS])}


def _sheets(change: Callable[[bytes], bytes]) -> Callable[[Parts], Parts]:
    return lambda parts: {
        name: change(content) if name.startswith("xl/worksheets/sheet") else content for name, content in parts.items()
    }


_DECOY_ROW = b'<row r="5"><c r="B5" t="inlineStr"><is><t>\xe5\x9b\xae</t></is></c></row>'

PACKAGES: dict[str, Callable[[Parts], Parts]] = {
    "as usual": dict,
    "targets from the root": _swap('Target="', 'Target="/xl/'),
    "targets up and down": _swap('Target="', 'Target="../xl/'),
    "targets in capitals": _swap('Target="worksheets/', 'Target="Worksheets/'),
    "targets with a backslash": _swap("worksheets/", "worksheets\\"),
    "targets outside": _swap('Target="worksheets/', 'TargetMode="External" Target="worksheets/'),
    "another folder": lambda parts: _moved(parts, "xl/", "book/"),
    "other names": lambda parts: _moved(parts, "worksheets/sheet", "pages/page"),
    "backslashes": lambda parts: {name.replace("/", "\\"): content for name, content in parts.items()},
    "capitals": lambda parts: {name.upper(): content for name, content in parts.items()},
    "texts by another name": _renamed_texts,
    "a stale list of texts": _stale_texts,
    "two lists of texts": _another_list,
    "no list of texts": lambda parts: {name: content for name, content in parts.items() if name != TEXTS},
    "texts nobody names": _swap("relationships/sharedStrings", "relationships/other"),
    "two relationships of one id": _same_id,
    "a decoy workbook": _decoy_book,
    "two workbooks": _two_books,
    "a byte order mark": _texts(lambda content: b"\xef\xbb\xbf" + content),
    "two sheets of one part": _swap("sheet4.xml", "sheet3.xml"),
    "sheets in comments": _in_book("<sheets>", '<!-- <sheets><sheet name="x"/></sheets> --><sheets>'),
    "sheets of another house": _in_book(
        "<sheets>", '<x:sheets xmlns:x="urn:x"><x:sheet name="囮" r:id="rId3"/></x:sheets><sheets>'
    ),
    "foreign ids": _in_book(' r:id="rId3"', ' xmlns:y="urn:y" y:id="rId4" r:id="rId3"'),
    "names in comments": _in_book(
        "<definedNames>", "<definedNames><!-- <definedName name=\"k_measures\">'3-7'!$B$5</definedName> -->"
    ),
    "texts in comments": _texts(
        lambda content: content.replace(b"<si>", "<!-- <si><t>囮</t></si> --><si>".encode(), 1)
    ),
    "texts of another house": _texts(
        lambda content: content.replace(b"<si>", '<x:si xmlns:x="urn:x"><x:t>囮</x:t></x:si><si>'.encode(), 1)
    ),
    "texts within texts": _texts(lambda content: content.replace(b"</si>", "<si><t>囮</t></si></si>".encode(), 1)),
    "texts in alternatives": _texts(
        lambda content: content.replace(
            b"<si>",
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:Fallback><si><t>囮</t></si></mc:Fallback></mc:AlternateContent><si>".encode(),
            1,
        )
    ),
    "an empty text behind": _texts(lambda content: content.replace(b"</sst>", b"<si/></sst>", 1)),
    "texts with an extension": _texts(
        lambda content: content.replace(b"</sst>", "<extLst><ext><si><t>囮</t></si></ext></extLst></sst>".encode())
    ),
    "texts in another code": _texts(
        lambda content: b'<?xml version="1.0" encoding="shift_jis"?>' + content.decode().encode("cp932", "replace")
    ),
    "texts said to be in another code": _texts(lambda content: b'<?xml version="1.0" encoding="cp932"?>' + content),
    "texts that are no utf-8": _texts(lambda content: content.decode().encode("cp932", "replace")),
    "rows in comments": _sheets(
        lambda content: content.replace(b"<sheetData>", b"<sheetData><!-- " + _DECOY_ROW + b" -->")
    ),
    "a second set of rows": _sheets(
        lambda content: content.replace(b"</sheetData>", b"</sheetData><sheetData>" + _DECOY_ROW + b"</sheetData>")
    ),
    "a set of rows before": _sheets(
        lambda content: content.replace(b"<sheetData>", b"<sheetData>" + _DECOY_ROW + b"</sheetData><sheetData>")
    ),
    "rows of another house": _sheets(
        lambda content: content.replace(
            b"</sheetData>", b'</sheetData><x:sheetData xmlns:x="urn:x">' + _DECOY_ROW + b"</x:sheetData>"
        )
    ),
    "rows in an extension": _sheets(
        lambda content: content.replace(
            b"</worksheet>", b"<extLst><ext><sheetData>" + _DECOY_ROW + b"</sheetData></ext></extLst></worksheet>"
        )
    ),
    "rows twice": _sheets(lambda content: content.replace(b"</sheetData>", _DECOY_ROW + b"</sheetData>")),
    "rows without places": _sheets(lambda content: re.sub(rb'<row r="[0-9]+"', b"<row", content)),
    "rebound rows": _sheets(lambda content: content.replace(b"<sheetData>", b'<sheetData xmlns="urn:x">')),
    "a root of another house": _sheets(lambda content: content.replace(b'xmlns="', b'xmlns="urn:x', 1)),
    "a declaration within": _sheets(lambda content: b'<?xml version="1.1"?>' + content),
    "cut off": _sheets(lambda content: content[: len(content) * 2 // 3]),
}  # fmt: skip
"""Ways of arranging the parts; every text of an answer is a shared one."""
