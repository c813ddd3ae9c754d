"""The files around the register: what waits, what is kept, what shows that Excel holds it open."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

from kohyo.messages import wording

_LOCKS = ("~${name}", ".~lock.{name}#")  # Excel's and LibreOffice's


def waiting_file(path: Path) -> Path:
    """Return where a new register waits while the old one is open (台帳_更新待ち.xlsx)."""
    return path.with_name(wording("workbook.files.register_waiting"))


def saving_file(path: Path) -> Path:
    """Return the temporary file of a save under way; one that is left over is overwritten by the next."""
    return path.with_name(wording("workbook.files.register_saving"))


def last_state(backups: Path) -> Path:
    """Return the file that holds what the register held when it was last saved."""
    return backups / wording("workbook.files.last_state")


def next_state(backups: Path) -> Path:
    """Return the file that holds what the register will hold after the save under way."""
    return backups / wording("workbook.files.next_state")


def backup_file(path: Path, backups: Path, now: datetime) -> Path:
    """Return a free name in 控え for the register as it was before ``now``."""
    stem = f"{path.stem}_{now:%Y%m%d-%H%M%S}"
    names = (f"{stem}{path.suffix}" if number == 1 else f"{stem}_{number}{path.suffix}" for number in count(1))
    return next(backups / name for name in names if not (backups / name).exists())


def is_open(path: Path) -> bool:
    """Tell whether a lock file beside ``path`` says that Excel or LibreOffice has it open."""
    return any(path.with_name(lock.format(name=path.name)).exists() for lock in _LOCKS)
