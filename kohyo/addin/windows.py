"""What Windows' registry says of Excel's settings; elsewhere it says nothing."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_EXCEL = r"Microsoft\Office\16.0\Excel"
POLICY = rf"Software\Policies\{_EXCEL}\Security"
COMMON_POLICY = r"Software\Policies\Microsoft\Office\16.0\Common"
SECURITY = rf"Software\{_EXCEL}\Security"
LOCATIONS = r"\Trusted Locations"
SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_DEFENDER = r"Software\{}Microsoft\Windows Defender\{}"
ASR_RULES = (
    _DEFENDER.format("Policies\\", r"Windows Defender Exploit Guard\ASR\Rules"),
    _DEFENDER.format("Policies\\", "Policy Manager"),
    _DEFENDER.format("", r"Windows Defender Exploit Guard\ASR\Rules"),
)
"""Where the rules that Defender keeps are set: by the group policy, by a device management, on the machine."""

DISABLED = rf"Software\{_EXCEL}\Resiliency\DisabledItems"


def is_on(key: str, name: str) -> bool:
    """Tell whether a switch under a key is on; Windows does not mind capitals in its name."""
    return any(found.casefold() == name.casefold() and value == 1 for found, value in values(key).items())


def is_here() -> bool:
    """Tell whether this is Windows."""
    return sys.platform == "win32"


def values(key: str) -> dict[str, Any]:
    """Return the values under a key of the current user's registry; none where there is no such key."""
    return _values("HKEY_CURRENT_USER", key)


def machine_values(key: str) -> dict[str, Any]:
    """Return the values under a key of the machine's registry; none where it is not there or may not be read."""
    return _values("HKEY_LOCAL_MACHINE", key)


def _values(root: str, key: str) -> dict[str, Any]:
    try:
        registry: Any = import_module("winreg")
    except ImportError:
        return {}
    try:
        with registry.OpenKey(getattr(registry, root), key) as opened:
            found = (registry.EnumValue(opened, place) for place in range(registry.QueryInfoKey(opened)[1]))
            return {name: value for name, value, _ in found}
    except OSError:
        return {}
