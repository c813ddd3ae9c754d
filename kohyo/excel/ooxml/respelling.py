"""Spelling anew (書き直し) what unusually spelled shared texts say, and what it has in common with that of sheets.

Each element counts only where it belongs (a value in a cell, a cell in a row …); one that stands elsewhere, comes
twice, or holds what its type does not allow has no one meaning, and the part is refused (K143). Source: ECMA-376
part 1, §18.3.1 (worksheets), §18.4 (shared texts), part 3 (foreign elements).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from html import escape
from typing import ClassVar, TypeAlias

from kohyo.excel.ooxml.fast_scan import Scan
from kohyo.excel.ooxml.limits import STRINGS, RefusedError
from kohyo.model.codes import Code

Attributes: TypeAlias = Mapping[str, str]
Path: TypeAlias = tuple[str, ...]
"""The elements around one, below the root; one of another namespace is called nothing."""

_OFF = ("0", "false")
_SKIPPED = ("extLst", "rPh", "phoneticPr")


class Respelling(ABC):
    """Takes the elements below the root one by one; ``scan`` gets what they say, spelled plainly."""

    home: ClassVar[Mapping[str, tuple[Path, ...]]]
    """Where the elements belong that count."""

    def __init__(self, scan: Scan) -> None:
        """Fill ``scan``."""
        self.scan = scan
        self._path: list[str] = []
        self._skipping = 0

    def start(self, local: str, attributes: Attributes) -> None:
        """Take the beginning of an element, called nothing where its namespace is a foreign one."""
        if self._skipping or local in _SKIPPED:
            self._skipping += 1
            return
        around = tuple(self._path)
        self._path.append(local)
        if local in self.home:
            if around not in self.home[local]:
                raise self.unclear()
            self.open(local, attributes)
        elif self.is_closed_to_others(around):
            raise self.unclear()

    def end(self) -> None:
        """Take the end of the last element that is open."""
        if self._skipping:
            self._skipping -= 1
            return
        local = self._path.pop()
        if local in self.home:
            self.close(local)

    def characters(self, text: str) -> None:
        """Take text, which may come in pieces."""
        if not self._skipping and self._path:
            self.take(self._path[-1], text)

    @abstractmethod
    def open(self, local: str, attributes: Attributes) -> None:
        """Take the beginning of an element that counts."""

    @abstractmethod
    def close(self, local: str) -> None:
        """Take its end."""

    @abstractmethod
    def take(self, local: str, text: str) -> None:
        """Take text within an element."""

    @abstractmethod
    def is_closed_to_others(self, around: Path) -> bool:
        """Tell whether no element may stand there that does not count."""

    @abstractmethod
    def finish(self) -> None:
        """Put together what was found."""

    def unclear(self) -> RefusedError:
        """Return the refusal of a part that has no one meaning."""
        return RefusedError(Code.K143, self.scan.kind)


class RichText:
    """A text of runs (書式付きの文字列), some of them struck through."""

    PARTS = ("t", "r", "rPr", "strike")

    def __init__(self) -> None:
        """Begin without letters."""
        self._runs: list[tuple[bool, list[str]]] = []
        self._struck = False

    def open(self, local: str, attributes: Attributes) -> None:
        """Take the beginning of a part of it."""
        if local == "r":
            self._struck = False
        elif local == "strike":
            self._struck = attributes.get("val", "1") not in _OFF
        elif local == "t":
            self._runs.append((self._struck, []))

    def close(self, local: str) -> None:
        """Take the end of a part of it."""
        if local == "r":
            self._struck = False

    def take(self, text: str) -> None:
        """Add letters."""
        self._runs[-1][1].append(text)

    def spelled(self) -> str:
        """Return it plainly spelled; without runs where nothing is struck through."""
        if not any(struck for struck, _ in self._runs):
            return _letters("".join(part for _, letters in self._runs for part in letters))
        mark = {True: "<rPr><strike/></rPr>", False: ""}
        return "".join(f"<r>{mark[struck]}{_letters(''.join(letters))}</r>" for struck, letters in self._runs)


def parts_of_text(home: Path) -> dict[str, tuple[Path, ...]]:
    """Return where the parts of a text belong that is at home there."""
    run = (*home, "r")
    return {"r": (home,), "t": (home, run), "rPr": (run,), "strike": ((*run, "rPr"),)}


def _letters(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text, quote=False)}</t>'


class TextRespelling(Respelling):
    """The shared texts of a workbook (共有文字列)."""

    home: ClassVar[Mapping[str, tuple[Path, ...]]] = {"si": ((),), **parts_of_text(("si",))}

    def __init__(self, scan: Scan) -> None:
        """Fill ``scan``."""
        super().__init__(scan)
        self._texts: list[str] = []
        self._text = RichText()

    def open(self, local: str, attributes: Attributes) -> None:
        """Take the beginning of a text or of a part of it."""
        if local != "si":
            self._text.open(local, attributes)
            return
        self._text = RichText()
        self.scan.strings += 1
        if self.scan.strings > STRINGS:
            raise RefusedError(Code.K133, STRINGS)

    def close(self, local: str) -> None:
        """Take the end of a text."""
        if local == "si":
            self._texts.append(f"<si>{self._text.spelled()}</si>")
        else:
            self._text.close(local)

    def take(self, local: str, text: str) -> None:
        """Take letters."""
        if local == "t":
            self._text.take(text)

    def is_closed_to_others(self, around: Path) -> bool:
        """Tell whether only parts of a text may stand there."""
        return around in ((), ("si",), ("si", "r"))

    def finish(self) -> None:
        """Put the texts together."""
        self.scan.content = f"<sst>{''.join(self._texts)}</sst>"
