"""Rebuild ``kohyo/data/fonts/biz-udpgothic.json`` from the installed font: ``python tests/tools/make_font_metrics.py``.

Only advance widths that differ from a full em are kept (facts of the font, not the font itself), so that the same
workbook is laid out the same on every machine, whether the font is installed or not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = Path("/usr/share/fonts/truetype/bizud-gothic")
TARGET = Path(__file__).parents[2] / "kohyo" / "data" / "fonts" / "biz-udpgothic.json"


def widths(path: Path) -> dict[str, Any]:
    """Return the em size, the line's height and, by code point, each width that is not one em."""
    font = TTFont(path)
    em = font["head"].unitsPerEm
    head = font["hhea"]
    advances = {
        f"{code:x}": font["hmtx"][name][0]
        for code, name in sorted(font.getBestCmap().items())
        if font["hmtx"][name][0] != em
    }
    return {"em": em, "line": head.ascent - head.descent + head.lineGap, "widths": advances}


def build() -> str:
    """Return the file's text."""
    faces = {face: widths(FONTS / f"BIZUDPGothic-{face.title()}.ttf") for face in ("regular", "bold")}
    return json.dumps(faces, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TARGET.write_text(build(), encoding="utf-8")
