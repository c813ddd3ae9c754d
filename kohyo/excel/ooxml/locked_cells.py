"""Which cells a sheet lets people write into when it is protected (ロックを外したセル)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kohyo.excel.ooxml.cell_reference import Position, position

_OFF = ("0", "false")


def unlocked_cells(sheet: bytes, styles: bytes) -> frozenset[Position]:
    """Return the cells of a sheet whose style takes the lock away; both parts were inspected for safety.

    A cell that stands in no row of the sheet counts as locked.
    """
    free = _unlocking(styles)
    cells = (node for node in ET.fromstring(sheet).iter() if _local(node) == "c")  # noqa: S314 - as above
    return frozenset(position(cell.get("r", "")) for cell in cells if cell.get("s", "0") in free)


def _unlocking(styles: bytes) -> frozenset[str]:
    """Return the numbers of the cell styles that are not locked."""
    root = ET.fromstring(styles)  # noqa: S314 - as above
    looks = [look for group in root if _local(group) == "cellXfs" for look in group]
    return frozenset(
        str(number)
        for number, look in enumerate(looks)
        if any(_local(part) == "protection" and part.get("locked", "1") in _OFF for part in look)
    )


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]
