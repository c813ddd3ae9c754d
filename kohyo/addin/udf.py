"""The functions of ``functions`` as xlwings imports them into a user's own workbook (UDF Modules: kohyo.addin.udf)."""

from __future__ import annotations

import xlwings as xw

from kohyo.addin import functions

kohyo_item = xw.func(functions.kohyo_item)
kohyo_count = xw.func(functions.kohyo_count)
