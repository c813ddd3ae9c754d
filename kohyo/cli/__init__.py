"""The command line (コマンド): a thin door; it parses, calls a use case, renders, exits."""

from __future__ import annotations

import gc
import os
import sys

_STOPPED = 3
"""The exit code of what a person stopped, here before there are any words to say so."""

_SELDOM = 50_000
"""New objects between two looks for garbage."""


def main() -> None:
    """Run the ``kohyo`` command and exit with its code.

    What it loads is no garbage, and no plug-in of pydantic has anything to do with it: neither is looked for.
    """
    gc.set_threshold(_SELDOM)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from kohyo.cli.app import run  # noqa: PLC0415 - the door opens only when it is used
    except KeyboardInterrupt:
        sys.exit(_STOPPED)
    run()
