"""The command line (コマンド): a thin door; it parses, calls a use case, renders, exits."""

from __future__ import annotations

import sys

_STOPPED = 3
"""The exit code of what a person stopped, here before there are any words to say so."""


def main() -> None:
    """Run the ``kohyo`` command and exit with its code."""
    try:
        from kohyo.cli.app import run  # noqa: PLC0415 - the door opens only when it is used
    except KeyboardInterrupt:
        sys.exit(_STOPPED)
    run()
