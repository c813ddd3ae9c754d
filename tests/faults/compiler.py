"""The library that meddles (``meddle.c``): whether it can be built here, and how."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

_SOURCE = Path(__file__).with_name("meddle.c")
_COMPILER = "cc"


def has_compiler() -> bool:
    """Tell whether the library can be built and loaded here."""
    return sys.platform == "linux" and shutil.which(_COMPILER) is not None


def build(folder: Path) -> Path:
    """Build the library; raise CalledProcessError when it does not compile."""
    library = folder / "meddle.so"
    words = [_COMPILER, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-pthread", "-o", str(library), str(_SOURCE)]
    subprocess.run([*words, "-ldl"], check=True)  # noqa: S603 - our own source
    return library
