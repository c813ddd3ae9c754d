"""What Windows' registry says of Excel's settings; elsewhere it says nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_EXCEL = r"Microsoft\Office\16.0\Excel"
POLICY = rf"Software\Policies\{_EXCEL}\Security"
COMMON_POLICY = r"Software\Policies\Microsoft\Office\16.0\Common"
SECURITY = rf"Software\{_EXCEL}\Security"
LOCATIONS = r"\Trusted Locations"
DISABLED = rf"Software\{_EXCEL}\Resiliency\DisabledItems"


def is_on(key: str, name: str) -> bool:
    """Tell whether a switch under a key is on; Windows does not mind capitals in its name."""
    return any(found.casefold() == name.casefold() and value == 1 for found, value in values(key).items())


def values(key: str) -> dict[str, Any]:
    """Return the values under a key of the current user's registry; none where there is no such key."""
    try:
        registry: Any = import_module("winreg")
    except ImportError:
        return {}
    try:
        with registry.OpenKey(registry.HKEY_CURRENT_USER, key) as opened:
            found = (registry.EnumValue(opened, place) for place in range(registry.QueryInfoKey(opened)[1]))
            return {name: value for name, value, _ in found}
    except OSError:
        return {}
