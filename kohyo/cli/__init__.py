"""The command line (コマンド): a thin door; it parses, calls a use case, renders, exits."""

from __future__ import annotations


def main() -> None:
    """Run the ``kohyo`` command and exit with its code."""
    from kohyo.cli.app import run  # noqa: PLC0415 - the door opens only when it is used

    run()
