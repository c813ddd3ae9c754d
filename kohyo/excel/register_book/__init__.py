"""The register (台帳) as a workbook: loaded with care, updated in place, never lost."""
