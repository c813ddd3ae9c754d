"""The definition's workbook (計画定義.xlsx): written, read, changed in place."""
