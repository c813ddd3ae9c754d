"""Writing workbooks from scratch: forms and tables, with XlsxWriter."""
