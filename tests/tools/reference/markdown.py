"""What the pages are made of: headings and tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_MADE = "% python -m tests.tools.make_reference が作ります。手で直さないでください。"


def page(title: str, intro: str, parts: Iterable[str]) -> str:
    """Return a page: its title, the note that it is made, what it is about, its parts."""
    return "\n".join([f"# {title}\n", f"{_MADE}\n", f"{intro}\n", *parts]).rstrip() + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """Return a word as code, as it is typed."""
    return f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
