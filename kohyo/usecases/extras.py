"""What only an extra brings (追加の部品): said in one line where it is missing."""

from __future__ import annotations

from importlib import import_module

from kohyo.errors import UsageError

_SCALE = ("pyarrow", "duckdb")


def need_scale() -> None:
    """Raise UsageError where the extra ``scale`` is not installed."""
    try:
        for module in _SCALE:
            import_module(module)
    except ImportError as error:
        raise UsageError("no_scale") from error
