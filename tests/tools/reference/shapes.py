"""Shapes (形): what a function returns as JSON, read from its source and the types that it names; nothing is run."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias, get_args, get_type_hints

Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"
"""A type in words, a list of one shape, or an object by its keys."""

NAME = "（名前）"
"""Stands for keys that the content decides."""
_ANY = "値"
_PLAIN: Mapping[Any, str] = {str: "文字", int: "整数", float: "数", bool: "真偽", Path: "文字"}
_PLAIN_DAYS: Mapping[Any, str] = {date: "日付", datetime: "日時"}
_CALLS: Mapping[str, Shape] = {"str": "文字", "len": "整数", "path_names": ["文字"]}


def returned(function: Callable[..., object], result: type | None = None) -> Shape:
    """Return the shape of what a function returns; its first argument is a ``result``, if that is given."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(function)
    module = namespace(function)
    hints = get_type_hints(function, {**module})
    inside = _Inside(module, {name: hint for name, hint in hints.items() if name != "return"})
    if result is not None:
        inside.types[tree.args.args[0].arg] = result
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            inside.assign(statement.targets[0].id, statement.value)
        elif isinstance(statement, ast.Return) and statement.value is not None:
            return inside.shape(statement.value)
    raise TypeError(function)


def namespace(function: Callable[..., object]) -> Mapping[str, Any]:
    """Return what the names in a function's module stand for, those that it imports for its types alone among them."""
    own: dict[str, Any] = getattr(inspect.unwrap(function), "__globals__", {})
    found = dict(own)
    for node in _module_of(own.get("__file__", "")).body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for line in node.body:
                if isinstance(line, ast.ImportFrom):
                    found |= {name.name: getattr(import_module(str(line.module)), name.name) for name in line.names}
    return found


@cache
def _module_of(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text(encoding="utf-8")) if file else ast.Module([], [])


class _Inside:
    """What is known inside one function: the types of its names and the shapes of its local values."""

    def __init__(self, module: Mapping[str, Any], types: dict[str, Any]) -> None:
        self.types = types
        self._module = module
        self._shapes: dict[str, Shape] = {}

    def assign(self, name: str, value: ast.expr) -> None:
        """Keep what a local name stands for."""
        self.types[name] = self._type(value)
        self._shapes[name] = self.shape(value)

    def shape(self, node: ast.expr) -> Shape:
        """Return the shape of an expression."""
        match node:
            case ast.Dict():
                return self._object(node)
            case ast.ListComp():
                self._bind(node.generators[0])
                return [self.shape(node.elt)]
            case ast.DictComp():
                return self._picked(node) or {NAME: self.shape(node.value)}
            case ast.Call():
                return self._called(node)
            case ast.IfExp():
                return _or_none(self.shape(node.body), node.orelse)
            case _:
                return self._named(node)

    def _named(self, node: ast.expr) -> Shape:
        """Return the shape of what a name stands for, of an entry of it, else of the expression's type."""
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key)) if name in self._shapes:
                source = self._shapes[name]
                return source[str(key)] if isinstance(source, dict) else _ANY
            case ast.Name() if node.id in self._shapes:
                return self._shapes[node.id]
            case _:
                return _of_type(self._type(node))

    def _object(self, node: ast.Dict) -> dict[str, Shape]:
        found: dict[str, Shape] = {}
        for name, value in zip(node.keys, node.values, strict=True):
            inner = self.shape(value)
            if isinstance(name, ast.Constant):
                found[str(name.value)] = inner
            elif name is None and isinstance(inner, dict):
                found |= inner
            else:
                found[str(eval(ast.unparse(name), dict(self._module))) if name else NAME] = inner  # noqa: S307
        return found

    def _picked(self, node: ast.DictComp) -> dict[str, Shape]:
        """Return what is picked from a local object by the names of a constant (``found[name] for name in _NAMES``)."""
        names = self._module.get(ast.unparse(node.generators[0].iter))
        source = self._shapes.get(ast.unparse(node.value.value)) if isinstance(node.value, ast.Subscript) else None
        return {name: source[name] for name in names or ()} if isinstance(source, dict) else {}

    def _called(self, node: ast.Call) -> Shape:
        name = ast.unparse(node.func)
        if name == "as_data":
            kind = self._type(node.args[0])
            return returned(self._module[name].of(kind), kind)
        if whole := _taken_apart(node, name):
            return _of_type(self._type(whole))
        if name in _CALLS:
            return _CALLS[name]
        if name.endswith(".isoformat"):
            return "日付"
        function = self._module.get(name)
        if inspect.isfunction(function) and str(function.__annotations__.get("return")).startswith("dict"):
            return returned(function)
        return (
            _of_type(get_type_hints(function, dict(namespace(function)))["return"])
            if inspect.isfunction(function)
            else _ANY
        )

    def _bind(self, loop: ast.comprehension) -> None:
        if isinstance(loop.target, ast.Name):
            inner = get_args(self._type(loop.iter))
            self.types[loop.target.id] = inner[0] if inner else None

    def _type(self, node: ast.expr) -> Any:  # noqa: ANN401 - a type as a value
        match node:
            case ast.Name():
                return self.types.get(node.id)
            case ast.Attribute():
                return _attribute(self._type(node.value), node.attr)
            case ast.Constant():
                return type(node.value)
            case ast.Subscript() | ast.BoolOp():
                return self._type(node.value if isinstance(node, ast.Subscript) else node.values[0])
            case _:
                return None


def _or_none(shape: Shape, other: ast.expr) -> Shape:
    nothing = isinstance(other, ast.Constant) and other.value is None
    return f"{shape}か null" if nothing and isinstance(shape, str) else shape


def _attribute(owner: Any, name: str) -> Any:  # noqa: ANN401
    """Return the type of an attribute or a property, None where it is not told."""
    if not isinstance(owner, type):
        return None
    if name == "value" and issubclass(owner, Enum):
        return str
    hints = _hints(owner)
    found = getattr(owner, name, None)
    if name not in hints and isinstance(found, property) and found.fget is not None:
        return get_type_hints(found.fget).get("return")
    return hints.get(name)


def _hints(owner: type) -> dict[str, Any]:
    """Return the types of a class's attributes; none where one is known to type checkers alone."""
    try:
        return get_type_hints(owner)
    except NameError:
        return {}


def _taken_apart(call: ast.Call, name: str) -> ast.expr | None:
    """Return what a call takes apart into an object or a list, None for any other call."""
    if name in ("asdict", "dict", "list") and call.args:
        return call.args[0]
    return call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr == "_asdict" else None


def _attributes(kind: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the names of the attributes of a dataclass or a named tuple, none of anything else."""
    if isinstance(kind, type) and is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return tuple(getattr(kind, "_fields", ()))


def _of_type(kind: Any) -> Shape:  # noqa: ANN401
    """Return the shape of a value of a type, as JSON holds it."""
    kind = getattr(kind, "__supertype__", kind)
    if kind in _PLAIN or kind in _PLAIN_DAYS:
        return _PLAIN.get(kind) or _PLAIN_DAYS[kind]
    if names := _attributes(kind):
        hints = _hints(kind)
        return {name: _of_type(hints.get(name)) for name in names}
    if isinstance(kind, type) and issubclass(kind, str):
        return "文字"
    inner, name = get_args(kind), str(getattr(kind, "__origin__", ""))
    if inner and ("tuple" in name or "Sequence" in name or "list" in name):
        return [_of_type(inner[0])]
    if inner and type(None) in inner:
        below = _of_type(inner[0])
        return f"{below}か null" if isinstance(below, str) else below
    return {NAME: _of_type(inner[1])} if inner and "apping" in name else _ANY
