"""Any tables, against the rules for machine-readable ones (K450 to K463)."""

from __future__ import annotations

from openpyxl import Workbook

from kohyo.usecases.check import check_rules
from tests.findings.stage import Findings, Ground, provokes

_BREACHES = (
    ("番号", "関係する番号", "効果", "年度", "備考", "備考"),
    ("1-10", "2-1、2-2", "1200", "令和6年度", "① 甲", ""),
    ("1月11日", "2‐3", "1,200千円", "令和7年度", "", "乙"),
    ("", "", "", "", "", ""),
    ("1‐12", "2‐4", "300", "令和8年度", "", ""),
)


@provokes("K450", "K451", "K453", "K455", "K456", "K457", "K458", "K459", "K460")
def a_csv_for_people(ground: Ground) -> Findings:
    """Check a CSV as people write it."""
    path = ground.folder / "表.csv"
    path.write_text("".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in _BREACHES), encoding="utf-8-sig")
    return check_rules([path]).findings


@provokes("K452", "K454")
def a_workbook_for_people(ground: Ground) -> Findings:
    """Check a workbook with a merged heading and a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("区分", None, "件数"), ("甲", "乙", 3), ("甲", "丙", "=C2+1")):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    path = ground.folder / "表.xlsx"
    book.save(path)
    return check_rules([path]).findings


@provokes("K461", "K462", "K463")
def headings_that_say_too_little(ground: Ground) -> Findings:
    """Check a CSV without units and western years, of a municipality that there is not."""
    path = ground.folder / "予算.csv"
    path.write_text("団体コード,令和6年度の予算額\r\n131120,1200\r\n", encoding="utf-8-sig")
    return check_rules([path]).findings
