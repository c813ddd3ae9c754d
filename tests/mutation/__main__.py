"""How many mutants the tests kill, module by module; every survivor with its line.

    python -m tests.mutation [MODULE…] [--share 0.3] [--workers 2]

A mutant lives in a process of its own, forked after the tests were loaded: the functions of the module get the
mutated code, then the module's own tests run until the first one fails, and, where none does, wider ones.
``targets.toml`` names the modules that carry the promises, their ``tests``, the ``wider`` ones, and mutants that change
nothing (``same``, by the change as it is printed).
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import resource
import signal
import sys
import tomllib
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.mutants import Mutant, mutants

_TARGETS = Path(__file__).with_name("targets.toml")
_SECONDS = 120
_BYTES = 2 * 1024**3
_LEAST = 0.95
_QUIET = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=--import-mode=importlib")


def main() -> int:
    """Run the mutants of the named modules, of all targets without names; exit 1 where too many survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--share", type=float, default=1.0, help="part of the mutants to run, by a fixed draw")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    targets: dict[str, dict[str, Any]] = tomllib.loads(_TARGETS.read_text(encoding="utf-8"))
    enough = True
    for name in asked.modules or targets:
        pid = os.fork()  # each module starts with nothing loaded
        if not pid:
            os._exit(not _judge(name, targets[name], asked.share, asked.workers))
        enough = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 and enough
    return not enough


def _judge(name: str, target: dict[str, Any], share: float, workers: int) -> bool:
    """Run one module's mutants and print what survived; return whether enough were killed."""
    tests: list[list[str]] = [target["tests"], target.get("wider", [])]
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        before = os.dup(1)
        os.dup2(nowhere.fileno(), 1)
        loaded = pytest.main([*_QUIET, *tests[0], *tests[1]])
        os.dup2(before, 1)
    if loaded != pytest.ExitCode.OK:
        _tell(f"{name}: the tests fail without any mutant ({loaded})")
        return False
    module = importlib.import_module(name)
    same = set(target.get("same", ()))
    source = Path(module.__file__ or "").read_text("utf-8")
    every = [mutant for mutant in mutants(source) if mutant.change not in same]
    drawn = random.Random(6).sample(every, max(1, round(len(every) * share)))  # noqa: S311 - a draw of tests
    survivors = sorted(_survivors(module, drawn, tests, workers), key=lambda mutant: mutant.line)
    killed = 1 - len(survivors) / len(drawn)
    _tell(f"{name}: {killed:.1%} of {len(drawn)} killed", *(f"    {mutant}" for mutant in survivors))
    return killed >= _LEAST


def _tell(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _survivors(
    module: types.ModuleType, drawn: Sequence[Mutant], tests: list[list[str]], workers: int
) -> Iterator[Mutant]:
    running: dict[int, Mutant] = {}
    waiting = list(reversed(drawn))
    while waiting or running:
        while waiting and len(running) < workers:
            mutant = waiting.pop()
            pid = os.fork()
            if not pid:
                os._exit(_child(module, mutant, tests))
            running[pid] = mutant
        pid, status = os.wait()
        mutant = running.pop(pid)
        if os.waitstatus_to_exitcode(status) == pytest.ExitCode.OK:
            yield mutant


def _child(module: types.ModuleType, mutant: Mutant, tests: list[list[str]]) -> int:
    """Return what the tests end with under a mutant; one that never ends is killed by the clock or by its memory."""
    signal.alarm(_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    try:
        _exchange(module, mutant)
        return next((ended for part in tests if part and (ended := int(pytest.main([*_QUIET, *part])))), 0)
    except BaseException:  # noqa: BLE001 - a mutant may break anything, which kills it
        return 1


def _exchange(module: types.ModuleType, mutant: Mutant) -> None:
    """Give the live functions of a module the mutant's code, and its plain constants their values."""
    fresh = types.ModuleType(module.__name__)
    fresh.__file__ = module.__file__
    exec(compile(mutant.tree, module.__file__ or "", "exec"), fresh.__dict__)  # noqa: S102 - that is the task
    for name, new in vars(fresh).items():
        old = vars(module).get(name)
        if isinstance(new, type) and new.__module__ == module.__name__:
            for part, changed in vars(new).items():
                _recode(vars(old).get(part), changed)
        elif not _recode(old, new) and not name.startswith("__") and not isinstance(new, types.ModuleType | type):
            setattr(module, name, new)
    _forget_all()


def _forget_all() -> None:
    """Clear what the unchanged code left in caches."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "kohyo"]:
        for kept in vars(sys.modules[name]).values():
            clear = getattr(kept, "cache_clear", None)
            if callable(clear):
                clear()


def _recode(old: Any, new: Any) -> bool:  # noqa: ANN401 - whatever a module defines
    """Give a function the code of another, through what wraps it; return whether it was one."""
    old, new = (_function(one) for one in (old, new))
    if not isinstance(old, types.FunctionType) or not isinstance(new, types.FunctionType):
        return False
    if old.__code__ != new.__code__ and len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
        old.__code__ = new.__code__
    return True


def _function(one: Any) -> Any:  # noqa: ANN401 - whatever a module defines
    for name in ("fget", "func", "__func__", "__wrapped__"):
        inner = getattr(one, name, None)
        if inner is not None and not isinstance(one, types.FunctionType | types.ModuleType | type):
            return _function(inner)
    if isinstance(one, types.FunctionType) and hasattr(one, "__wrapped__"):
        return _function(one.__wrapped__)
    return one


if __name__ == "__main__":
    sys.exit(main())
