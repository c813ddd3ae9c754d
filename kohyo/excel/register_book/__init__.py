"""The register's workbook (台帳.xlsx): made, read back with care, updated in place and never lost."""

from kohyo.excel.register_book.pending_save import put_waiting, settle_waiting, waits
from kohyo.excel.register_book.register_create import create_register
from kohyo.excel.register_book.register_load import LoadedRegister, load_register
from kohyo.excel.register_book.register_save import PreparedSave, SaveResult, prepare_save, save_register

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
    "waits",
]
