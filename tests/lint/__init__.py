"""What Excel repairs or refuses in a workbook beyond the schema: ``tests.lint.lint.refusals``."""
