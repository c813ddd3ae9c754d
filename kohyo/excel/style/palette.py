"""Colours and sizes of everything kohyo writes; text on its ground keeps a contrast of 4.5 : 1 (見た目の約束)."""

from __future__ import annotations

INK = "#1F2933"
MUTED = "#6B7785"
LINE = "#C5CDD6"
DEEP = "#1F4E5F"
TICKED = "#3E7C8F"
BAND = "#E3EEF1"
LABEL = "#F4F6F8"
FILL = "#FFFDF0"
MISSING = "#FDE9E7"
MISSING_TEXT = "#B3261E"
LOOK = "#FFF0CC"
LOOK_TEXT = "#7A4F01"
SCALE_THIRD = "#7FAFBD"
SCALE_FOURTH = "#E0A800"
SCALE_FIFTH = "#7A4F01"
WHITE = "#FFFFFF"
PALE = "#A3AEB9"  # labels that do not apply; they carry no information of their own

BODY = 10.0
HINT = 8.5
TITLE = 16.0

TAB_TO_FILL = "#E0A800"
TAB_REFERENCE = "#9AA5B1"
TAB_COVER = DEEP
