"""The guide (手引き) as one page: what each button does, and the command that does the same."""

from __future__ import annotations

from html import escape
from pathlib import Path
from tempfile import gettempdir

from kohyo.addin.guard import register_name
from kohyo.addin.tasks import groups
from kohyo.errors import FileError
from kohyo.messages import wording

_PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif;max-width:46em;margin:2em auto;line-height:1.8}}dt{{font-weight:bold}}</style>
</head><body><h1>{title}</h1><p>{intro}</p>
{body}
</body></html>
"""


def guide_page() -> str:
    """Return the page."""
    parts = []
    for name, tasks in groups().items():
        parts.append(f"<h2>{escape(wording(f'addin.groups.{name}'))}</h2><dl>")
        for task in tasks:
            command = wording("addin.guide.command", command=task.command)
            parts.append(f"<dt>{escape(task.label)}</dt><dd>{escape(task.supertip)}<br>{escape(command)}</dd>")
        parts.append("</dl>")
    intro = wording("addin.guide.intro", register=register_name())
    return _PAGE.format(title=escape(wording("addin.guide.title")), intro=escape(intro), body="\n".join(parts))


def write_guide() -> Path:
    """Write the page where documents for a moment lie, and return where; raise FileError when that cannot be."""
    path = Path(gettempdir()) / wording("addin.guide.file")
    try:
        path.write_text(guide_page(), encoding="utf-8")
    except OSError as error:
        raise FileError("unwritable", path=path) from error
    return path
