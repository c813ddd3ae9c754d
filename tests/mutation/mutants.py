"""Mutants of a module: one operator, constant, condition or returned value changed in each."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_SHOWN = 90
_NOT_RUN = (ast.arguments, ast.AnnAssign)


@dataclass(frozen=True)
class Mutant:
    """A module with one change: the line, what stood there and what stands there now."""

    line: int
    old: str
    new: str
    tree: ast.Module

    @property
    def change(self) -> str:
        """What was changed into what."""
        return f"{self.old}  ->  {self.new}"

    def __str__(self) -> str:
        return f"line {self.line}: {self.change}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's source, in the order of its lines; what only people read is left alone."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    silent = _read_by_people(tree)
    places = [(getattr(node, "lineno", 0), at) for at, node in enumerate(nodes) if id(node) not in silent]
    for line, at in sorted(places):
        for changed in _changed(nodes[at]):
            mutated = copy.deepcopy(tree)
            twin = list(ast.walk(mutated))[at]
            _Exchange(twin, changed).visit(mutated)
            before, after = (ast.unparse(one)[:_SHOWN] for one in (nodes[at], changed))
            yield Mutant(line, before, after, ast.fix_missing_locations(mutated))


class _Exchange(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else super().visit(node)


def _read_by_people(tree: ast.Module) -> set[int]:
    """Return the nodes that no run depends on: docstrings, annotations, defaults, decorators, messages of errors."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        alone = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if alone or isinstance(node, (*_NOT_RUN, ast.Raise, ast.JoinedStr)):
            silent |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            beside = [*node.decorator_list, *([node.returns] if isinstance(node, ast.FunctionDef) else [])]
            silent |= {id(child) for part in beside if part for child in ast.walk(part)}
    return silent


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    match node:
        case ast.Compare(ops=[first, *rest]) if type(first) in _COMPARED:
            yield ast.Compare(node.left, [_COMPARED[type(first)](), *rest], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _CALCULATED:
            yield ast.BinOp(node.left, _CALCULATED[type(node.op)](), node.right)
        case ast.Constant():
            yield from _constants(node.value)
        case ast.If():
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.IfExp():
            yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.While():
            yield ast.While(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.Return(value=ast.expr()) if not _is_none(node.value):
            yield ast.Return(ast.Constant(None))


def _constants(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value:
        yield ast.Constant(f"{value}\0")


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
