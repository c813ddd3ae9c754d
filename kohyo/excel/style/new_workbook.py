"""What every new workbook begins with: its base font, and sheets whose rows grow with their text."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager

from kohyo.errors import UsageError
from kohyo.excel.style.written_texts import Texts, TextSheet, TextTable
from kohyo.text.cell_text import letters_kept, units

FORMULA_LIMIT = 8192
"""Most UTF-16 units of a formula."""

_SHOWN = 60
_LANGUAGE = "ja-JP"
BASE_FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}
"""Font of the empty workbook, in whose digits column widths are counted: 7 pixels wide on every PC."""


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def with_spelled_signs(result: str) -> str:
    """Return what a formula yields with its control signs spelled as Excel does, and letters that look so kept."""
    return _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", letters_kept(result))


class _JapaneseCore(Core):  # type: ignore[misc]
    """The properties of a workbook, its language among them: what reads it aloud has to know."""

    def _write_cp_content_status(self) -> None:
        super()._write_cp_content_status()
        self._xml_data_element("dc:language", _LANGUAGE)


class _JapanesePackager(Packager):  # type: ignore[misc]
    """Puts a workbook's parts together, with its language among the properties; XlsxWriter has no word for it."""

    def _write_shared_strings_file(self) -> None:
        table = self.workbook.str_table
        if table.count:
            texts = Texts()
            texts.string_table = table
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as XlsxWriter does
            texts._assemble_xml_file()  # noqa: SLF001 - likewise

    def _write_core_file(self) -> None:
        core = _JapaneseCore()
        core._set_properties(self.workbook.doc_properties)  # noqa: SLF001 - as XlsxWriter does
        core._set_xml_writer(self._filename("docProps/core.xml"))  # noqa: SLF001 - likewise
        core._assemble_xml_file()  # noqa: SLF001 - likewise


class JapaneseWorkbook(Workbook):  # type: ignore[misc]
    """A new workbook that says that it is in Japanese, and in which a text is never taken for runs."""

    worksheet_class = TextSheet

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as XlsxWriter's
        """Take what XlsxWriter's workbook takes."""
        super().__init__(*args, **options)
        self.str_table = TextTable()

    def _add_sheet(self, name: str | None, worksheet_class: type[TextSheet] | None = None) -> TextSheet:
        kind = worksheet_class or self.worksheet_class
        if not issubclass(kind, TextSheet):
            raise TypeError(kind)
        sheet: TextSheet = super()._add_sheet(name, kind)
        return sheet

    def _get_packager(self) -> Packager:
        return _JapanesePackager()


class StillWorkbook(JapaneseWorkbook):
    """A new workbook without formulas: nothing is recalculated when it is opened.

    Excel recalculates what XlsxWriter marks so, and then asks at every closing whether to save what nobody changed.
    """

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as XlsxWriter's
        """Take what XlsxWriter's workbook takes."""
        super().__init__(*args, **options)
        self.calc_on_load = False


class GrowingSheet(TextSheet):
    """A worksheet whose rows keep the height they are given and still grow as people type.

    Excel refits a row to its text only while the row is not marked as set by hand, and XlsxWriter marks every
    row that is given a height. Formulas are taken as they are: the form uses no function that came after Excel
    2010, and XlsxWriter's search for those takes a third of the time a form takes.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]] | None = None) -> None:
        if tag == "row" and attributes:
            attributes = [entry for entry in attributes if entry[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes or [])

    def _xml_formula_element(
        self, formula: str, result: object, attributes: list[tuple[str, Any]] | None = None
    ) -> None:
        """Write what a formula yields now with its control signs spelled as Excel does: XlsxWriter leaves them raw."""
        told = with_spelled_signs(result) if isinstance(result, str) else result
        super()._xml_formula_element(formula, told, attributes or [])

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002 - XlsxWriter's signature
        """Return a formula without its sign; raise UsageError for one that Excel would refuse the workbook for."""
        if len(formula) > FORMULA_LIMIT // 2 and units(formula) > FORMULA_LIMIT:
            raise UsageError("formula_too_long", sheet=self.name, formula=formula[:_SHOWN], limit=FORMULA_LIMIT)
        return formula.removeprefix("=")
