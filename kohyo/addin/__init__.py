"""The secretariat's ribbon (リボン): tasks on the register that is open in Excel, each calling one use case.

``click`` is what the ribbon's one callback runs; nothing is loaded before it is called.
"""

from __future__ import annotations


def click(tag: str, version: str = "") -> str:
    """Carry out the task behind a ribbon button and return the sentence that it ended with."""
    from kohyo.addin.dispatch import click as carry_out  # noqa: PLC0415 - Excel waits: load only what is used

    return carry_out(tag, version)
