"""Tell whether two workbooks are equal by part: ``python -m tests.tools.same_parts BEFORE.xlsx AFTER.xlsx``.

For changes that are to make kohyo faster and nothing else. Parts are compared as canonical XML, others as bytes;
the order of the parts in the package and their compression do not count. Ends with 1 when a part differs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from xml.etree.ElementTree import ParseError, canonicalize
from zipfile import ZipFile


def differing(before: Path, after: Path) -> list[str]:
    """Return the names of the parts that differ or stand in one of the two alone."""
    old, new = _parts(before), _parts(after)
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _parts(book: Path) -> dict[str, str | bytes]:
    with ZipFile(book) as package:
        return {name: _plain(package.read(name)) for name in package.namelist()}


def _plain(part: bytes) -> str | bytes:
    try:
        return canonicalize(part)
    except ParseError:
        return part


def main() -> None:
    """Print the parts that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    given = parser.parse_args()
    found = differing(given.before, given.after)
    sys.stdout.write("".join(f"{name}\n" for name in found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
