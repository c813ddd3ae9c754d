"""Municipality codes (全国地方公共団体コード): five digits of the government's list and a check digit."""

from __future__ import annotations

import re

AREA_CODE_LENGTH = 6
_WEIGHTS = (6, 5, 4, 3, 2)
_MODULUS, _TEN = 11, 10


def is_area_code(text: str) -> bool:
    """Tell whether a text is a municipality's code, its check digit included: 131121.

    Source: 総務省「全国地方公共団体コード仕様」: 11 less the rest of the weighted digits' sum by 11, its last digit.
    """
    if re.fullmatch(rf"[0-9]{{{AREA_CODE_LENGTH}}}", text) is None:
        return False
    *digits, check = map(int, text)
    weighed = sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return check == (_MODULUS - weighed % _MODULUS) % _TEN
