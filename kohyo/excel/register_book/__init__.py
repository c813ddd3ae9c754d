"""The register's workbook (台帳.xlsx): made, read back with care, updated in place and never lost."""

from kohyo.excel.register_book.create import create_register
from kohyo.excel.register_book.load import LoadedRegister, load_register
from kohyo.excel.register_book.save import SaveResult, save_register
from kohyo.excel.register_book.waiting import put_waiting, settle_waiting

__all__ = [
    "LoadedRegister",
    "SaveResult",
    "create_register",
    "load_register",
    "put_waiting",
    "save_register",
    "settle_waiting",
]
