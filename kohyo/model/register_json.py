"""The register (台帳) as JSON and back, exactly: every record is the list of its values, in the order of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from kohyo.model.finding import Place
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.model.value_json import value_from_json, value_to_json

_Read: TypeAlias = Callable[[Any], Any]
_AS_THEY_STAND = (str, int, float, bool, NoneType)
_VALUE = frozenset(get_args(FieldValue))
_TIMES = 4096
"""Times that are read but once: one command gives many changes the same."""


def register_to_json(register: Register) -> dict[str, list[Any]]:
    """Return the register as JSON can hold it."""
    return {part.name: _written(getattr(register, part.name)) for part in fields(Register)}


def register_from_json(data: Mapping[str, Any]) -> Register:
    """Return the register that ``register_to_json`` put down; raise what a wrong value raises for anything else."""
    return Register(**{name: _reader(kind)(data[name]) for name, kind in get_type_hints(Register).items()})


def _written(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    if type(value) in _AS_THEY_STAND:
        return value
    if isinstance(value, tuple):
        return [_written(entry) for entry in value]
    if isinstance(value, Mapping):
        return {name: _written(entry) for name, entry in value.items()}
    if is_dataclass(value):
        return [_written(getattr(value, part.name)) for part in fields(value)]
    return value_to_json(value) if isinstance(value, date | Tick) else value.value


def _reader(kind: Any) -> _Read:  # noqa: ANN401 - a type
    """Return what reads a value of a type."""
    options = [option for option in get_args(kind) if option is not NoneType]
    if frozenset(get_args(kind)) == _VALUE:
        return _value
    if get_origin(kind) is tuple:
        return _tuple_of(_reader(options[0]))
    if get_origin(kind) is Mapping:
        return _mapping_of(_reader(options[1]))
    return _optional(_reader(options[0])) if options else _single(kind)


def _single(kind: Any) -> _Read:  # noqa: ANN401 - a type that is made of no others
    if kind is datetime:
        return _moment
    if not isinstance(kind, type) or kind in _AS_THEY_STAND:
        return _same
    return _words(kind) if issubclass(kind, Enum) else _parts(kind)


def _same(value: Any) -> Any:  # noqa: ANN401 - stands as it is
    return value


def _value(value: Any) -> FieldValue:  # noqa: ANN401 - as JSON has it
    return value_from_json(value) if isinstance(value, dict) else value


def _moment(value: Mapping[str, str]) -> datetime:
    return _time(value["moment"])


@lru_cache(_TIMES)
def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _tuple_of(read: _Read) -> _Read:
    return tuple if read is _same else lambda found: tuple(map(read, found))


def _mapping_of(read: _Read) -> _Read:
    return lambda found: {name: read(value) for name, value in found.items()}


def _optional(read: _Read) -> _Read:
    return lambda value: None if value is None else read(value)


def _words(kind: type[Enum]) -> _Read:
    return {word.value: word for word in kind}.__getitem__


def _parts(kind: type) -> _Read:
    """Return what reads a record: those of its values that do not stand as they are, one by one."""
    if kind is Place:
        return lambda found: Place(*found)
    hints = get_type_hints(kind)
    reads = list(map(_reader, hints.values()))
    special = [(place, read) for place, read in enumerate(reads) if read is not _same]

    def record(found: Sequence[Any]) -> Any:  # noqa: ANN401 - of that type
        values = list(found)
        for place, read in special:
            values[place] = read(values[place])
        return kind(*values)

    return record
