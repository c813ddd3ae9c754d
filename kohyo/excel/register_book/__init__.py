"""The register's workbook (台帳.xlsx): made, read back with care, updated in place and never lost.

Each name is loaded when it is first used: a command that only looks at a register that it knows writes none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kohyo.excel.register_book.loaded_register import LoadedRegister
    from kohyo.excel.register_book.pending_save import put_waiting, settle_waiting
    from kohyo.excel.register_book.register_create import create_register
    from kohyo.excel.register_book.register_load import load_register
    from kohyo.excel.register_book.register_save import PreparedSave, prepare_save, save_register
    from kohyo.excel.register_book.save_result import SaveResult

_HOMES = {
    "LoadedRegister": "loaded_register",
    "PreparedSave": "register_save",
    "SaveResult": "save_result",
    "create_register": "register_create",
    "load_register": "register_load",
    "prepare_save": "register_save",
    "put_waiting": "pending_save",
    "save_register": "register_save",
    "settle_waiting": "pending_save",
}

__all__ = [
    "LoadedRegister",
    "PreparedSave",
    "SaveResult",
    "create_register",
    "load_register",
    "prepare_save",
    "put_waiting",
    "save_register",
    "settle_waiting",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - functions and classes
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
