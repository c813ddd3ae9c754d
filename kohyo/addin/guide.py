"""The guide (手引き) as one page: what each button does, and the command that does the same."""

from __future__ import annotations

import sys
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
</head><body><h1>{title}</h1><p>{intro}</p>{manual}
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
    texts = {"title": escape(wording("addin.guide.title")), "intro": escape(intro), "manual": _manual_link()}
    return _PAGE.format(**texts, body="\n".join(parts))


def installed_manual() -> Path | None:
    """Return the manual's first page where a kit laid it, beside this Python; None where there is none."""
    page = Path(sys.prefix).parent / wording("kit.files.manual") / "index.html"
    return page if page.is_file() else None


def _manual_link() -> str:
    manual = installed_manual()
    if manual is None:
        return ""
    return f'<p><a href="{escape(manual.as_uri())}">{escape(wording("addin.guide.manual"))}</a></p>'


def write_guide() -> Path:
    """Write the page where documents for a moment lie, and return where; raise FileError when that cannot be."""
    path = Path(gettempdir()) / wording("addin.guide.file")
    try:
        path.write_text(guide_page(), encoding="utf-8")
    except OSError as error:
        raise FileError("unwritable", path=path) from error
    return path
