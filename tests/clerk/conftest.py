"""What the corpus works on: a small workspace whose forms went out, and a console."""

from __future__ import annotations

from tests.cli.conftest import console
from tests.usecases.conftest import small, small_origin

__all__ = ["console", "small", "small_origin"]
