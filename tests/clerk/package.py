"""A workbook's parts to be altered as Excel alters them: parts added with type and relation, elements put in order."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
"""As Excel begins a part."""

WORKBOOK, TEXTS, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
_RELATIONS = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_SHEET_ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_BEFORE_RULES = _SHEET_ORDER[: _SHEET_ORDER.index("conditionalFormatting")]
_SI = re.compile(r"<si\b[^>]*?(?:/>|>.*?</si>)", re.DOTALL)
_CELL = re.compile(r'<c r="{}"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


@dataclass
class Touched:
    """The parts of one workbook in a person's hands."""

    parts: dict[str, bytes]
    page: str = ""
    """The sheet that the person works on."""

    words: tuple[str, ...] = ()
    """Texts that stand on it."""

    @classmethod
    def of(cls, content: bytes) -> Touched:
        """Take a workbook apart."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def saved(self) -> bytes:
        """Return the workbook."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return target.getvalue()

    def text(self, name: str) -> str:
        """Return a part as text."""
        return self.parts[name].decode()

    def put(self, name: str, text: str) -> None:
        """Write a part."""
        self.parts[name] = text.encode()

    def swap(self, name: str, old: str, new: str) -> None:
        """Write something else for the one ``old`` in a part."""
        text = self.text(name)
        assert text.count(old) == 1, (name, old, text.count(old))
        self.put(name, text.replace(old, new))

    def sheet(self, title: str) -> str:
        """Return the part of a sheet."""
        found = re.search(rf'<sheet\b[^>]*name="{re.escape(escape(title))}"[^>]*r:id="([^"]*)"', self.text(WORKBOOK))
        assert found, title
        relation = re.search(rf'<Relationship\b[^>]*Id="{found[1]}"[^>]*>', self.text("xl/_rels/workbook.xml.rels"))
        assert relation, title
        target = re.search('Target="([^"]*)"', relation[0])
        assert target
        return posixpath.normpath(posixpath.join("/xl", target[1])).removeprefix("/")

    def add(self, name: str, content: str | bytes, kind: str) -> None:
        """Put a new part in, of a content type; ``kind`` without a slash names the type of an ending."""
        assert name not in self.parts, name
        self.parts[name] = content if isinstance(content, bytes) else (HEAD + content).encode()
        types = self.text(TYPES)
        ending = name.rpartition(".")[2]
        if ending != "xml":
            entry = f'<Default Extension="{ending}" ContentType="{kind}"/>'
        else:
            entry = f'<Override PartName="/{name}" ContentType="{kind}"/>'
        if entry not in types:
            at = types.index("<Override") if entry.startswith("<Default") else types.index("</Types>")
            self.put(TYPES, types[:at] + entry + types[at:])

    def relate(self, owner: str, kind: str, target: str, *, outside: bool = False) -> str:
        """Lead from a part to another; return the relation's id. ``kind`` is a whole address or OFFICE's last word."""
        folder, _, file = owner.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".removeprefix("/")
        text = self.parts.get(name, _RELATIONS.encode()).decode()
        id_ = f"rId{100 + text.count('<Relationship ')}"
        kind = kind if "/" in kind else f"{OFFICE}/{kind}"
        place = target if outside else posixpath.relpath("/" + target, "/" + folder)
        mode = ' TargetMode="External"' if outside else ""
        tag = f'<Relationship Id="{id_}" Type="{kind}" Target="{place}"{mode}/></Relationships>'
        self.put(name, text.replace("</Relationships>", tag))
        return id_

    def insert(self, part: str, element: str) -> None:
        """Put an element into a sheet's part at the place that the schema has for it."""
        found = re.match(r"<(?:\w+:)?(\w+)", element)
        assert found
        name = "controls" if found[1] == "AlternateContent" else found[1]
        later = _SHEET_ORDER[_SHEET_ORDER.index(name) + 1 :]
        text = self.text(part)
        start = max(text.rfind("</conditionalFormatting>"), 0) if name not in _BEFORE_RULES else 0
        places = [hit.start() for tag in later if (hit := re.compile(rf"<{tag}\b").search(text, start))]
        if name != "conditionalFormatting":
            assert not re.compile(rf"<{name}\b").search(text, start), name
        at = min(places, default=text.rindex("</worksheet>"))
        self.put(part, text[:at] + element + text[at:])

    def extend(self, part: str, uri: str, inner: str, namespaces: str = f'xmlns:x14="{X14}"') -> None:
        """Put an extension into a part's ``extLst``."""
        text = self.text(part)
        ext = f'<ext uri="{uri}" {namespaces}>{inner}</ext>'
        if "</extLst></worksheet>" in text:
            self.put(part, text.replace("</extLst></worksheet>", f"{ext}</extLst></worksheet>"))
        elif part == WORKBOOK:
            self.swap(part, "</workbook>", f"<extLst>{ext}</extLst></workbook>")
        else:
            self.insert(part, f"<extLst>{ext}</extLst>")

    def cell(self, part: str, reference: str, cell: str) -> None:
        """Put a cell (its whole tag) at the end of its row, or in the place of the one that stands there."""
        text = self.text(part)
        row = re.sub("[A-Z]", "", reference)
        known = re.search(_CELL.pattern.format(reference), text, re.DOTALL)
        if known:
            text = text[: known.start()] + cell + text[known.end() :]
        else:
            found = re.search(rf'<row r="{row}"[^>]*?(/?)>', text)
            assert found, reference
            if found[1]:
                text = text.replace(found[0], f"{found[0][:-2]}>{cell}</row>")
            else:
                end = text.index("</row>", found.end())
                text = text[:end] + cell + text[end:]
        self.put(part, text)

    def shared(self, text: str) -> int:
        """Return the number of a shared text."""
        for number, entry in enumerate(_SI.findall(self.text(TEXTS))):
            if text == plain(entry):
                return number
        raise KeyError(text)

    def respell(self, text: str, inner: str) -> None:
        """Spell a shared text otherwise: what stands in its ``si``."""
        number, content = self.shared(text), self.text(TEXTS)
        found = list(_SI.finditer(content))[number]
        self.put(TEXTS, f"{content[: found.start()]}<si>{inner}</si>{content[found.end() :]}")

    def sharing(self) -> None:
        """Write every text that stands in its cell into the shared ones, as Excel does at every save."""
        if TEXTS not in self.parts:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            self.add(TEXTS, f'<sst xmlns="{MAIN}"></sst>', kind)
            self.relate(WORKBOOK, "sharedStrings", TEXTS)
        texts = self.text(TEXTS)
        count = len(_SI.findall(texts))
        added: list[str] = []
        inline = re.compile(r'(<c\b[^>]*) t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)

        def shared(found: re.Match[str]) -> str:
            added.append(f"<si>{found[3]}</si>")
            return f'{found[1]} t="s"{found[2]}><v>{count + len(added) - 1}</v></c>'

        for name in list(self.parts):
            if name.startswith(("xl/worksheets/sheet", "xl/worksheets/kohyo")):
                self.put(name, inline.sub(shared, self.text(name)))
        texts = re.sub(r' (?:count|uniqueCount)="\d+"', "", texts)
        self.put(TEXTS, texts.replace("</sst>", "".join(added) + "</sst>"))


def plain(text: str) -> str:
    """Return a text without tags and escapes."""
    return unescape(re.sub("<[^>]*>", "", text))


def touched(path: Path) -> Touched:
    """Take the workbook at a path apart."""
    return Touched.of(path.read_bytes())
