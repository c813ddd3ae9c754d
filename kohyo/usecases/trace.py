"""Trace (出どころ): where a value of the register comes from, through every level below."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.definition.fields import item_fields
from kohyo.errors import UsageError
from kohyo.excel.ooxml.worker import Reader
from kohyo.model.item import Item
from kohyo.model.origin import Origin
from kohyo.returns.parse_value import show_value
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location
from kohyo.workspace.passwords import kept_passwords
from kohyo.workspace.provenance import Provenance
from kohyo.workspace.session import session


@dataclass(frozen=True)
class Traced:
    """A value of an item's field, as its text, and its origins from the nearest to the first."""

    item: Item
    label: str
    value: str
    origins: tuple[Origin, ...]


def trace(root: Location, number: str, field: str) -> Traced:
    """Return where the value of a field (a heading of 項目, or its name) of the item with this number comes from.

    What lies below another level is told by the file that came from there, as long as it lies in 回収. Raises
    UsageError for an item or a field that there is not, FileError when the register cannot be read.
    """
    with session(root, "trace", reading=True) as current, Reader(passwords=kept_passwords()) as reader:
        wanted = key(field)
        fields = item_fields(current.plan)
        known = next((one for one in fields if wanted in {key(one.register_label), key(one.label), one.name}), None)
        if known is None:
            raise UsageError("unknown_field", name=field)
        items = (one for one in current.register.current if key(str(one.number)) == key(number))
        item = next(items, None)
        if item is None:
            raise UsageError("unknown_number", name=number)
        origins = Provenance(current, reader).of(item, known.name)
        return Traced(item, known.register_label, show_value(item.values.get(known.name)), origins)
