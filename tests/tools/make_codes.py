"""Write ``kohyo/model/codes.py`` and ``kohyo/model/raised.py`` from the wordings of the findings.

    python -m tests.tools.make_codes

A code is a member of the enum because it has a wording. What a message mentions by name besides place, field and
value is its context: the factory ``finding_of`` has one overload for each set of such names, so that mypy finds a code
without wording, a context value that is missing, and one that no message uses.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from string import Formatter

import kohyo
from kohyo.messages.findings import all_codes, template_of

MODEL = Path(kohyo.__file__).parent / "model"
_KNOWN = {"file", "sheet", "cell", "field", "value"}

_HEAD = '''"""{about}

Generated from ``data/wording/findings`` by ``tests.tools.make_codes``; change the wordings and run it.
"""

from __future__ import annotations

'''
_FACTORY = '''

def finding_of(code: Code, place: Place = _NOWHERE, field: str = "", value: str = "", **context: str) -> Finding:
    """Return a finding; mypy knows for each code which ``context`` its message mentions."""
    return Finding(code, place, field, value, context)
'''


def contexts() -> dict[str, tuple[str, ...]]:
    """Return the names that the message of each code mentions besides place, field and value."""
    return {code: tuple(sorted(set(_names(template_of(code))) - _KNOWN)) for code in all_codes()}


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def codes_module() -> str:
    """Return the module of the enum."""
    members = "".join(f'    {code} = "{code}"\n' for code in all_codes())
    about = "Codes of the findings (指摘の番号), one for each wording."
    enum = 'class Code(StrEnum):\n    """The code of a finding; ``kohyo explain`` tells what it means."""\n\n'
    return f"{_HEAD.format(about=about)}from enum import StrEnum\n\n\n{enum}{members}"


def raised_module() -> str:
    """Return the module of the factory, with an alias and an overload for each context."""
    shapes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, names in contexts().items():
        shapes[names].append(code)
    about = "Raising a finding (指摘): each code with the context that its message mentions."
    imports = (
        "from typing import Literal, TypeAlias, overload\n\n"
        "from kohyo.model.codes import Code\nfrom kohyo.model.finding import Finding, Place\n\n_NOWHERE = Place()\n\n"
    )
    aliases = "".join(
        f"{alias(names)}: TypeAlias = Literal[{', '.join(f'Code.{code}' for code in codes)}]\n"
        for names, codes in sorted(shapes.items())
    )
    overloads = "".join(_overload(names) for names in sorted(shapes))
    return _HEAD.format(about=about) + imports + aliases + overloads + _FACTORY


def alias(names: tuple[str, ...]) -> str:
    """Return the name of the type of all codes with one context."""
    return "With" + "".join(name.title() for name in names) if names else "Plain"


def _overload(names: tuple[str, ...]) -> str:
    more = "".join(f", {name}: str" for name in names)
    keywords = f", *{more}" if names else ""
    first = f"code: {alias(names)}, place: Place = ..., field: str = ..., value: str = ..."
    return f"\n\n@overload\ndef finding_of({first}{keywords}) -> Finding: ...\n"


def formatted(text: str) -> str:
    """Return a module as the house formats it."""
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "kohyo/model/codes.py", "-"]
    done = subprocess.run(command, input=text, capture_output=True, check=True, encoding="utf-8")  # noqa: S603 - our own text
    return done.stdout


def modules() -> dict[str, str]:
    """Return the generated modules by file name."""
    return {"codes.py": formatted(codes_module()), "raised.py": formatted(raised_module())}


if __name__ == "__main__":
    for name, text in modules().items():
        (MODEL / name).write_text(text, encoding="utf-8", newline="\n")
