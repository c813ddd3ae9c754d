"""Opening a folder or a document on the screen, outside Excel."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def open_on_screen(path: Path) -> None:
    """Show a folder, or a page in the browser; where nothing can be shown, nothing happens."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a folder or page of our own, never what came from outside
    elif path.is_file():
        webbrowser.open(path.as_uri())
