"""The files around the register: what waits to take its place, what is kept of it."""

from __future__ import annotations

from pathlib import Path

from kohyo.messages import wording


def waiting_file(path: Path) -> Path:
    """Return where a new register waits while the old one is open (台帳_更新待ち.xlsx)."""
    return path.with_name(wording("workbook.files.register_waiting"))


def saving_file(path: Path) -> Path:
    """Return the temporary file of a save under way; one that is left over is overwritten by the next."""
    return path.with_name(wording("workbook.files.register_saving"))


def last_state(backups: Path) -> Path:
    """Return the file that holds what the register held when it was last saved."""
    return backups / wording("workbook.files.last_state")


def last_state_copy(backups: Path) -> Path:
    """Return the second copy of the last state (in 控え/写し)."""
    return last_state(backups / wording("workbook.files.second_copies"))


def state_before(backups: Path) -> Path:
    """Return the file that holds what the register held before the last save.

    Who had it open then and saves it afterwards saves that state, with edits.
    """
    return backups / wording("workbook.files.state_before")


def history_copy(backups: Path) -> Path:
    """Return the file that holds the rows of 変更履歴 as they were saved."""
    return backups / wording("workbook.files.history_copy")


def next_state(backups: Path) -> Path:
    """Return the file that holds what the register will hold after the save under way."""
    return backups / wording("workbook.files.next_state")


def waits(path: Path, backups: Path) -> bool:
    """Tell whether a register, or the state that belongs to one, waits to be put in its place."""
    return waiting_file(path).exists() or next_state(backups).exists()
