"""A kit made without a network: of wheels that hold nothing, and of a Python that is none."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import kohyo
from kohyo.usecases.kit import Kit

VERSION = "3.12"
ONLY_ON_WINDOWS = "only-on-windows"


def empty_wheel(folder: Path, name: str, version: str, *needs: str) -> None:
    """Write a wheel that holds nothing but what it says of itself."""
    module = name.replace("-", "_")
    home = f"{module}-{version}.dist-info"
    told = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: MIT\n"]
    told += [f"Requires-Dist: {need}\n" for need in needs]
    parts = {
        f"{home}/METADATA": "".join(told),
        f"{home}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{home}/licenses/LICENSE": "MIT",
    }
    record = "".join(f"{name},,\n" for name in [*parts, f"{home}/RECORD"])
    with zipfile.ZipFile(folder / f"{module}-{version}-py3-none-any.whl", "w") as package:
        for part, text in {**parts, f"{home}/RECORD": record}.items():
            package.writestr(part, text)


def _least(requirement: Requirement) -> str:
    return next(iter(requirement.specifier)).version


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an empty wheel for all that kohyo needs; xlwings needs one more, on Windows alone."""
    folder = tmp_path_factory.mktemp("wheels")
    for line in requires("kohyo") or ():
        needed = Requirement(line)
        if needed.specifier:
            more = [f'{ONLY_ON_WINDOWS}>=2; sys_platform == "win32"'] if needed.name == "xlwings" else []
            empty_wheel(folder, needed.name, _least(needed), *more)
    empty_wheel(folder, "pip", "26.0")
    empty_wheel(folder, ONLY_ON_WINDOWS, "2.1")
    return folder


@dataclass(frozen=True)
class Made:
    """A kit, unpacked where it was carried to, and what was told when it was made."""

    folder: Path
    told: Kit

    def hashes(self) -> Iterator[tuple[str, str]]:
        """Yield each name of the list of hashes with its hash."""
        for line in (self.folder / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition(" *")
            yield name, digest


@pytest.fixture(scope="session")
def made(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make a kit for Windows with a Python of its own, as a zip, and unpack it."""
    folder = tmp_path_factory.mktemp("kit")
    embedded = folder / f"python-{VERSION}.10-embed-amd64.zip"
    with zipfile.ZipFile(embedded, "w") as package:
        package.writestr("python.exe", b"MZ")
        package.writestr(
            "python312._pth", "python312.zip\r\n.\r\n\r\n# Uncomment to run site.main()\r\n#import site\r\n"
        )
    told = kohyo.make_kit(folder / "キット.zip", embedded=embedded, wheels=wheels)
    with zipfile.ZipFile(told.path) as package:
        package.extractall(folder / "机")
    return Made(folder / "机" / "キット", told)
