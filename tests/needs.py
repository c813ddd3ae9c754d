"""What some tests need besides the clone, and the words that say loudly, at the end of a run, what did not run.

A test names its need by a marker. Where the need is missing the test is skipped; where every test is required,
a run with a skipped test, whatever the reason, is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from tests import documents
from tests.faults import compiler
from tests.lint.validator import PACKAGE, validator
from tests.office import presence

REQUIRED = "KOHYO_REQUIRE_ALL"
"""Set to 1, no test may be skipped."""


@dataclass(frozen=True)
class Need:
    """What the tests with a marker need: whether it is here, and what to do where it is not."""

    marker: str
    name: str
    is_here: Callable[[], bool]
    remedy: Callable[[], str]

    def reason(self) -> str:
        """Return why a test does not run."""
        return f"{self.name}に要るものがありません"

    def loud_line(self, count: int) -> str:
        """Return what stands at the very end of a run in which ``count`` tests did not run."""
        return f"!!! {self.name} {count}件を実行していません。{self.remedy()}"


def _install() -> str:
    return f"入れるもの：apt-get install --no-install-recommends {' '.join(presence.missing())}"


def _lay_down() -> str:
    return f"要るもの：計画の文書（{documents.FOLDER.resolve()}）"


def _compile() -> str:
    return "要るもの：Linux と、Cのコンパイラー（apt-get install --no-install-recommends gcc libc6-dev）"


def _fetch() -> str:
    return f"要るもの：npm install --prefix .validator {PACKAGE}"


NEEDS = (
    Need("office", "LibreOfficeでの試験", lambda: not presence.missing(), _install),
    Need("faults", "書込みの途中で止める試験", compiler.has_compiler, _compile),
    Need("validator", "Open XML SDKでの試験", lambda: validator() is not None, _fetch),
    Need("documents", "計画の文書での試験", lambda: bool(documents.texts()), _lay_down),
)


def all_required() -> bool:
    """Tell whether a skipped test is a failure."""
    return os.environ.get(REQUIRED) == "1"


def failed_line(count: int) -> str:
    """Return what ends a run that failed for ``count`` skipped tests."""
    return f"!!! 飛ばした試験が{count}件あります。{REQUIRED}=1 なので、失敗です。"
