"""Workbooks of the plan's tables (表), their machine-readable files and PDFs."""
