"""What a number format shows: in the classes that are known, and nothing is claimed of any other.

LibreOffice shows the same for a whole grid of formats and numbers (``tests/office/test_number_formats.py``).
"""

from __future__ import annotations

import pytest

from kohyo.text.number_format import is_plain, shown


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0", 12.34, "12"),
        ("#,##0,", 1500000, "1,500"),
        ("0;0", -1200, "1200"),
        ("▲#,##0", 1200, "▲1,200"),
        ("#,##0;[Red]▲#,##0", -1200, "▲1,200"),
        ("[Color 3]0.0", 12.34, "12.3"),
        ("[$¥-411]#,##0", 1200, "¥1,200"),
        ("[$-411]0", 1200, "1200"),
        ('0"千円"', 1200, "1200千円"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 0, "-"),
        ("0;;", -1, ""),
        ('"なし"', 5, "なし"),
    ],
)
def test_what_is_shown(code: str, value: float, text: str) -> None:
    """Digits, signs, scales, currencies and words."""
    assert shown(code, value) == text


@pytest.mark.parametrize(
    "code",
    [
        '[>100]"多い";0',
        '[=1]"○";[=0]"×";0',
        '0;0;[<5]"少ない"',
        "[DBNum1]0",
        "[DBNum3][$-411]General",
        "[赤]0",
        "# ?/?",
        "E+",
    ],
)
def test_nothing_is_claimed(code: str) -> None:
    """Conditions, numerals of another script, fractions, powers."""
    assert shown(code, 1200) is None


def test_plain_formats_show_what_is_stored() -> None:
    """No other format is taken for one that changes nothing."""
    assert [
        code
        for code in ("General", "@", "General;-General", "General;General", "0", "#,##0", "▲General", "General;")
        if is_plain(code)
    ] == ["General", "@", "General;-General"]
