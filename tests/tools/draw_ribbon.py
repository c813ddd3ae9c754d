"""The ribbon as a drawing (SVG), made from the table of tasks; it says itself that it is no picture of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kohyo.addin.tasks import Task, groups
from kohyo.messages import wording

_NOTE = "これはリボンの図です（実際のExcelの画面ではありません）。絵柄はExcelが描きます。"
_LARGE, _BESIDE, _LETTER, _GAP, _TOP, _HEIGHT = 92, 30, 12, 10, 58, 84
_ROWS = 3


def ribbon_drawing() -> str:
    """Return the drawing."""
    left, parts = _GAP, []
    for name, tasks in groups().items():
        drawn, right = _group(wording(f"addin.groups.{name}"), tasks, left)
        parts += drawn
        left = right + _GAP
    width, height = left, _TOP + _HEIGHT + 62
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="Yu Gothic UI, Meiryo, Noto Sans CJK JP, sans-serif" font-size="12">'
    )
    tab = escape(wording("addin.tab"))
    frame = [
        f'<rect width="{width}" height="{height}" fill="#f3f3f3"/>',
        f'<rect x="0" y="30" width="{width}" height="{_HEIGHT + 58}" fill="#ffffff" stroke="#c8c8c8"/>',
        '<text x="16" y="21" fill="#666">ファイル　ホーム　…</text>',
        f'<text x="140" y="21" font-weight="bold">{tab}</text>',
        '<rect x="134" y="26" width="36" height="3" fill="#217346"/>',
    ]
    note = f'<text x="{_GAP}" y="{height - 8}" fill="#a00000">{escape(_NOTE)}</text>'
    return "\n".join([head, *frame, *parts, note, "</svg>"]) + "\n"


def _group(label: str, tasks: Sequence[Task], left: int) -> tuple[list[str], int]:
    """Return a group's drawing and where it ends: large buttons first, small ones in columns of three."""
    parts, at = [], left
    for task in (task for task in tasks if task.large):
        parts += _large(task.label, at)
        at += _LARGE
    small = [task for task in tasks if not task.large]
    for first in range(0, len(small), _ROWS):
        column = small[first : first + _ROWS]
        for place, task in enumerate(column):
            parts += _small(task.label, at, _TOP + 22 * place)
        at += _BESIDE + _LETTER * max(len(task.label) for task in column)
    middle = (left + at) // 2
    parts.append(
        f'<text x="{middle}" y="{_TOP + _HEIGHT + 10}" text-anchor="middle" fill="#666">{escape(label)}</text>'
    )
    parts.append(f'<line x1="{at + 4}" y1="38" x2="{at + 4}" y2="{_TOP + _HEIGHT + 16}" stroke="#d0d0d0"/>')
    return parts, at


def _large(label: str, left: int) -> list[str]:
    middle = left + _LARGE // 2
    return [
        f'<rect x="{middle - 16}" y="{_TOP - 14}" width="32" height="32" rx="3" fill="#dcebe2" stroke="#217346"/>',
        f'<text x="{middle}" y="{_TOP + 38}" text-anchor="middle">{escape(label)}</text>',
    ]


def _small(label: str, left: int, top: int) -> list[str]:
    return [
        f'<rect x="{left + 2}" y="{top - 12}" width="14" height="14" rx="2" fill="#dcebe2" stroke="#217346"/>',
        f'<text x="{left + 22}" y="{top}">{escape(label)}</text>',
    ]
