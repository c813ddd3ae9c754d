"""A workbook as it was printed: its pages by sheet, their size and what is written on them."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Self

_SIZE = re.compile(r"^Page\s+\d+ size:\s+([\d.]+) x ([\d.]+) pts", re.MULTILINE)
_SHEET = re.compile(r'<item page="(\d+)">(.*?)</item>')


@dataclass(frozen=True)
class PrintedPage:
    """One page: width and height in points, its text without white space, in the order it was drawn."""

    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Printed:
    """The pages of a workbook, by sheet."""

    sheets: Mapping[str, tuple[PrintedPage, ...]]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a PDF that has its sheets in its outline."""
        count = int(re.findall(r"^Pages:\s+(\d+)", _run("pdfinfo", str(path)), re.MULTILINE)[0])
        sizes = _SIZE.findall(_run("pdfinfo", "-f", "1", "-l", str(count), str(path)))
        texts = _run("pdftotext", "-raw", str(path), "-").split("\f")[:count]
        pages = [
            PrintedPage(float(width), float(height), squeezed(text))
            for (width, height), text in zip(sizes, texts, strict=True)
        ]
        outline = _run("pdftohtml", "-xml", "-i", "-stdout", str(path)).partition("<outline>")[2]
        starts = [(int(page) - 1, unescape(name)) for page, name in _SHEET.findall(outline)]
        ends = [*starts, (count, "")]
        return cls({name: tuple(pages[first:after]) for (first, name), (after, _) in pairwise(ends)})


def squeezed(text: str) -> str:
    """Return a text without white space, with letters that a font may exchange (⽊, 木) made equal."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own words
    return done.stdout.decode("utf-8", "replace")
