"""Finds tests that may pass without having looked at anything, from their source alone.

A test must hold one assertion that is sure to be made: outside of loops, or in a loop over a literal that is not
empty; and one that an empty collection does not satisfy by itself, as ``all(…)`` and ``[…] == []`` would.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)
_VIEWS = ("items", "keys", "values")
_AS_LONG = ("enumerate", "list", "reversed", "sorted", "tuple", "zip")
"""Functions that yield nothing only where their first argument is empty."""

Names = Mapping[str, ast.expr]


def unsure_tests(source: str) -> list[str]:
    """Return the names of the tests of a module that may assert nothing."""
    tree = ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, _FUNCTIONS)}
    module = _assigned(tree)
    sure: set[str] = set()
    while True:  # a helper that surely asserts makes those sure who call it
        more = {name for name, node in functions.items() if _asserts(node, module | _assigned(node), sure)}
        if more == sure:
            break
        sure = more
    return [name for name in functions if name.startswith("test") and name not in sure]


def _assigned(scope: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, ast.expr]:
    """Return what is assigned to plain names at the top of a scope."""
    found: dict[str, ast.expr] = {}
    for node in scope.body:
        if isinstance(node, ast.Assign):
            found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found[node.target.id] = node.value
    return found


def _asserts(function: ast.FunctionDef | ast.AsyncFunctionDef, names: Names, sure: set[str]) -> bool:
    return any(_is_check(node, names, sure) for node in _sure_nodes(function, names))


def _sure_nodes(node: ast.AST, names: Names) -> Iterator[ast.AST]:
    """Yield a node and what lies below it, the bodies of loops left out that may not run."""
    yield node
    left_out: list[ast.stmt] = []
    if isinstance(node, ast.While) or (isinstance(node, (ast.For, ast.AsyncFor)) and not _is_filled(node.iter, names)):
        left_out = node.body
    for child in ast.iter_child_nodes(node):
        if child not in left_out:
            yield from _sure_nodes(child, names)


def _is_check(node: ast.AST, names: Names, sure: set[str]) -> bool:
    match node:
        case ast.Assert(test=test):
            return not _holds_of_nothing(test, names)
        case ast.With(items=items):
            return any(_name(item.context_expr).startswith(("raises", "warns")) for item in items)
        case ast.Call():
            return "assert" in _name(node) or _name(node) in sure
    return False


def _name(node: ast.expr) -> str:
    """Return the last name of a call, empty where there is none."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return ""


def _holds_of_nothing(test: ast.expr, names: Names) -> bool:
    """Tell whether an assertion is true where a collection has no elements."""
    match test:
        case ast.Call(func=ast.Name(id="all"), args=[comprehension]):
            return _may_be_empty(comprehension, names)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call(func=ast.Name(id="any"), args=[comprehension])):
            return _may_be_empty(comprehension, names)
        case ast.UnaryOp(op=ast.Not(), operand=comprehension):
            return _may_be_empty(comprehension, names)
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return (_may_be_empty(left, names) and _is_nothing(right)) or (
                _may_be_empty(right, names) and _is_nothing(left)
            )
    return False


def _may_be_empty(node: ast.expr, names: Names) -> bool:
    return isinstance(node, _COMPREHENSIONS) and not all(_is_filled(part.iter, names) for part in node.generators)


def _is_nothing(node: ast.expr) -> bool:
    return ast.unparse(node) in ("[]", "()", "{}", "set()")


def _is_filled(node: ast.expr, names: Names) -> bool:
    """Tell whether what is gone through is a literal, or made of one, that has elements."""
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(one, ast.Starred) or _is_filled(one.value, names) for one in elements)
        case ast.Dict(keys=parts) | ast.JoinedStr(values=parts):
            return bool(parts)
        case ast.Constant(value=value):
            return bool(value)
        case ast.Name(id=name):
            return name in names and _is_filled(names[name], {key: names[key] for key in names if key != name})
        case ast.Call():
            return _yields(node, names)
    return False


def _yields(call: ast.Call, names: Names) -> bool:
    """Tell whether a call surely yields something: a view of a literal, a range of figures, as many as a literal."""
    match call:
        case ast.Call(func=ast.Attribute(value=value, attr=view), args=[]):
            return view in _VIEWS and _is_filled(value, names)
        case ast.Call(func=ast.Name(id="range"), args=arguments):
            figures = [part.value for part in arguments if isinstance(part, ast.Constant)]
            return len(figures) == len(arguments) and bool(range(*figures))  # type: ignore[arg-type] # whole numbers
        case ast.Call(func=ast.Name(id=name), args=[first, *_]):
            return name in _AS_LONG and _is_filled(first, names)
    return False
