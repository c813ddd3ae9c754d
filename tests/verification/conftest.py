"""The workspaces of the use cases."""

from __future__ import annotations

from tests.usecases.conftest import small, small_origin

__all__ = ["small", "small_origin"]
