"""The desk (机) that a kit is for: its platform, its versions of Python, and what requirements mean there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kohyo.errors import UsageError

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
"""Versions of Python that a kit is made for when none is named."""
WINDOWS = "win_amd64"
_TAGS: Mapping[str, tuple[str, ...]] = {
    WINDOWS: (WINDOWS,),
    "win_arm64": ("win_arm64",),
    "linux_x86_64": (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)), "manylinux2014_x86_64"),
}
_MACHINES = {WINDOWS: "AMD64", "win_arm64": "ARM64", "linux_x86_64": "x86_64"}


@dataclass(frozen=True)
class Desk:
    """One platform with one version of Python (``3.12``)."""

    platform: str
    version: str

    @property
    def tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that it takes."""
        return _TAGS[self.platform]

    @property
    def windows(self) -> bool:
        """Tell whether it runs Windows."""
        return self.platform.startswith("win")

    @property
    def markers(self) -> dict[str, str]:
        """What the markers of requirements are weighed against there (PEP 508)."""
        windows = self.windows
        return {
            "implementation_name": "cpython",
            "os_name": "nt" if windows else "posix",
            "platform_machine": _MACHINES[self.platform],
            "platform_python_implementation": "CPython",
            "platform_system": "Windows" if windows else "Linux",
            "python_full_version": f"{self.version}.0",
            "python_version": self.version,
            "sys_platform": "win32" if windows else "linux",
        }


def desks(platform: str, versions: tuple[str, ...]) -> tuple[Desk, ...]:
    """Return the desks of a platform; raise UsageError for a platform or version that a kit cannot be made for."""
    if platform not in _TAGS:
        raise UsageError("kit_platform", name=platform, known=", ".join(_TAGS))
    for version in versions:
        if version not in VERSIONS:
            raise UsageError("kit_version", name=version, known=", ".join(VERSIONS))
    return tuple(Desk(platform, version) for version in versions)
