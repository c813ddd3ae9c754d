"""Ways of spelling the same cell (セルの書き方): what each says is said in the plain way, or has no one meaning.

A way takes one answer cell as it is plainly spelled and returns it in another spelling, often with a decoy beside it:
a reader that goes by position, by local names or by the first or last of two would take the decoy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.excel.ooxml.builders import MAIN

_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)(?: t="(\w+)")?>(.*?)</c>', re.DOTALL)
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DECOY = "囮"


@dataclass(frozen=True)
class Spelled:
    """A cell: reference, style attribute, whether it is a text, and the letters of its value, escaped for XML."""

    reference: str
    style: str
    is_text: bool
    value: str

    @property
    def decoy(self) -> str:
        """What nobody said."""
        return _DECOY if self.is_text else "99"

    def of(self, letters: str) -> str:
        """Return the cell with letters or markup as its value."""
        return self.around(self.inner(letters))

    def inner(self, letters: str) -> str:
        """Return what stands in the cell."""
        return f'<is><t xml:space="preserve">{letters}</t></is>' if self.is_text else f"<v>{letters}</v>"

    def around(self, inside: str, attributes: str = "") -> str:
        """Return the cell with other things in it."""
        kind = ' t="inlineStr"' if self.is_text else ""
        return f'<c r="{self.reference}"{self.style}{kind}{attributes}>{inside}</c>'

    @property
    def plain(self) -> str:
        """The cell as it is usually spelled."""
        return self.of(self.value)

    @property
    def other(self) -> str:
        """The same cell with the decoy in it."""
        return self.of(self.decoy)


Way = Callable[[Spelled], str]


def respelled(sheet: str, cells: set[str], way: Way) -> str:
    """Return a sheet in which the cells of these references are spelled in a way."""

    def spell(found: re.Match[str]) -> str:
        inside = re.sub("<[^>]*>", "", found[4])
        if found[1] not in cells or "<f>" in found[4] or found[3] not in (None, "inlineStr"):
            return found[0]
        return way(Spelled(found[1], found[2], found[3] == "inlineStr", inside))

    return _CELL.sub(spell, sheet)


def _halves(value: str) -> tuple[str, str]:
    middle = max(1, len(value) // 2)
    while "&" in value[:middle].rsplit(";", maxsplit=1)[-1]:  # never within an entity
        middle += 1
    return value[:middle], value[middle:]


def _referred(value: str) -> str:
    """Return a value with its first letter as a character reference."""
    return value if value.startswith("&") else f"&#{ord(value[0])};{value[1:]}"


_LETTERS: dict[str, Callable[[str], str]] = {
    "comment before": lambda v: f"<!--9-->{v}",
    "comment after": lambda v: f"{v}<!--9-->",
    "comment within": lambda v: "<!-- -->".join(_halves(v)),
    "comment with a decoy tag": lambda v: f"<!--</v><v>99</v>-->{v}",
    "cdata": lambda v: f"<![CDATA[{v}]]>" if "&" not in v else v,
    "cdata before": lambda v: "<![CDATA[{}]]>{}".format(*_halves(v)) if "&" not in v else v,
    "cdata after": lambda v: "{}<![CDATA[{}]]>".format(*_halves(v)) if "&" not in v else v,
    "empty cdata": lambda v: f"<![CDATA[]]>{v}",
    "instruction before": lambda v: f"<?p 9?>{v}",
    "instruction within": lambda v: "<?p 9?>".join(_halves(v)),
    "instruction after": lambda v: f"{v}<?p 9?>",
    "reference first": _referred,
    "reference in hexadecimal": lambda v: v if v.startswith("&") else f"&#x{ord(v[0]):x};{v[1:]}",
    "foreign element before": lambda v: f'<x:y xmlns:x="urn:x">9</x:y>{v}',
    "foreign element within": lambda v: '<x:y xmlns:x="urn:x">9</x:y>'.join(_halves(v)),
    "foreign element after": lambda v: f'{v}<x:y xmlns:x="urn:x">9</x:y>',
    "element of the house within": lambda v: f"{v}<v>9</v>",
    "alternatives within": lambda v: (
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBLE}"><mc:Choice Requires="x">9</mc:Choice>'
        f"<mc:Fallback>{v}</mc:Fallback></mc:AlternateContent>"
    ),
    "unknown entity": lambda v: f"{v}&nbsp;",
    "control character": lambda v: f"{v}&#1;",
}

_PARTS: dict[str, Way] = {
    "decoy cell before": lambda c: c.other + c.plain,
    "decoy cell after": lambda c: c.plain + c.other,
    "decoy in small letters": lambda c: c.plain + c.other.replace(c.reference, c.reference.lower()),
    "decoy with dollars": lambda c: c.plain + c.other.replace(c.reference, re.sub("([A-Z]+)", r"$\1$", c.reference)),
    "empty cell of the same place": lambda c: f'{c.plain}<c r="{c.reference}"/>',
    "foreign decoy cell": lambda c: c.plain + _prefixed(c.other, "urn:x"),
    "prefixed decoy cell": lambda c: c.plain + _prefixed(c.other, MAIN),
    "prefixed": lambda c: _prefixed(c.plain, MAIN),
    "foreign": lambda c: _prefixed(c.plain, "urn:x"),
    "rebound": lambda c: c.plain.replace("<c ", '<c xmlns="urn:x" ', 1),
    "rebound to the same": lambda c: c.plain.replace("<c ", f'<c xmlns="{MAIN}" ', 1),
    "two values, the decoy first": lambda c: c.around(f"<v>{c.decoy}</v>{c.inner(c.value)}"),
    "two values, the decoy last": lambda c: c.around(f"{c.inner(c.value)}<v>{c.decoy}</v>"),
    "two texts": lambda c: c.around(f"{c.inner(c.value)}<is><t>{_DECOY}</t></is>"),
    "two texts, the decoy first": lambda c: c.around(f"<is><t>{_DECOY}</t></is>{c.inner(c.value)}"),
    "an empty value beside": lambda c: _with_text(c, f"<t>{c.value}</t>", "<v/>"),
    "an empty value before": lambda c: c.around(f"<v></v>{c.inner(c.value)}"),
    "foreign value before": lambda c: c.around(f'<x:v xmlns:x="urn:x">{c.decoy}</x:v>{c.inner(c.value)}'),
    "foreign value after": lambda c: c.around(f'{c.inner(c.value)}<x:v xmlns:x="urn:x">{c.decoy}</x:v>'),
    "extension": lambda c: c.around(f"{c.inner(c.value)}<extLst><ext uri='u'><v>{c.decoy}</v></ext></extLst>"),
    "foreign extension": lambda c: c.around(
        f'{c.inner(c.value)}<extLst><ext uri="u"><x:a xmlns:x="urn:x">9</x:a></ext></extLst>'
    ),
    "alternatives in the cell": lambda c: c.around(_alternatives(f"<v>{c.decoy}</v>", c.inner(c.value))),
    "alternatives around the cell": lambda c: _alternatives(c.other, c.plain),
    "unknown type": lambda c: c.plain.replace("inlineStr", "x") if c.is_text else c.around(c.inner(c.value), ' t="x"'),
    "type in capitals": lambda c: c.plain.replace("inlineStr", "inlinestr"),
    "single quotes": lambda c: c.plain.replace('"', "'"),
    "spaces in tags": lambda c: c.plain.replace("<c r=", "<c  r = ").replace("</c>", "</c >"),
    "line ends in tags": lambda c: c.plain.replace("<c r=", "<c\n r=").replace("</v>", "</v\n>"),
    "line ends around": lambda c: f"\n{c.plain}\n",
    "line ends within": lambda c: c.around(f"\n{c.inner(c.value)}\n"),
    "text around": lambda c: c.around(f"9{c.inner(c.value)}9"),
    "more attributes": lambda c: c.around(c.inner(c.value), ' cm="1" vm="1" ph="1"'),
    "place in small letters": lambda c: c.plain.replace(c.reference, c.reference.lower()),
    "place in another row": lambda c: c.plain.replace(c.reference, f"{c.reference}9"),
    "place that is none": lambda c: c.plain.replace(c.reference, "1A"),
    "a decoy formula": lambda c: c.around(f"<f>9+9</f>{c.inner(c.value)}"),
    "a formula behind": lambda c: c.around(f"{c.inner(c.value)}<f>9+9</f>"),
    "two formulas": lambda c: c.around(f"<f>9</f><f>8</f>{c.inner(c.value)}"),
    "a comment in the cell": lambda c: c.around(f"<!-- <v>{c.decoy}</v> -->{c.inner(c.value)}"),
    "a comment around": lambda c: f"<!-- {c.other} -->{c.plain}<!-- {c.other} -->",
    "an unclosed comment": lambda c: f"{c.plain}<!-- ",
    "furigana": lambda c: _with_text(
        c, f'<t>{c.value}</t><rPh sb="0" eb="1"><t>{_DECOY}</t></rPh><phoneticPr fontId="1"/>'
    ),
    "runs": lambda c: _with_text(c, "<r><t>{}</t></r><r><rPr><b/></rPr><t>{}</t></r>".format(*_halves(c.value))),
    "a struck run": lambda c: _with_text(
        c, f"<r><rPr><strike/></rPr><t>{_DECOY}</t></r><r><t>{c.value}</t></r>"
    ),
    "a run not struck": lambda c: _with_text(
        c, '<r><rPr><strike val="0"/></rPr><t>{}</t></r><r><t>{}</t></r>'.format(*_halves(c.value))
    ),
    "letters of another house": lambda c: _with_text(c, f'<x:t xmlns:x="urn:x">{_DECOY}</x:t><t>{c.value}</t>'),
    "a run within a run": lambda c: _with_text(c, f"<r><r><t>{_DECOY}</t></r></r><t>{c.value}</t>"),
    "a result of a text": lambda c: _as(c, "str", f"<v>{c.value}</v>"),
    "a result with spaces": lambda c: _as(c, "str", f'<v xml:space="preserve">{c.value}</v>'),
    "a result in a text": lambda c: _as(c, "str", f"<is><t>{c.value}</t></is>"),
    "a text as a number": lambda c: _as(c, "n", f"<v>{c.value}</v>"),
    "a text as a truth": lambda c: _as(c, "b", f"<v>{c.value}</v>"),
    "an error": lambda c: _as(c, "e", f"<v>{c.value}</v>"),
    "a day in letters": lambda c: _as(c, "d", f"<v>{c.value}</v>"),
}  # fmt: skip

_NUMBERS: dict[str, Callable[[str], str]] = {
    "blanks": lambda v: f" {v} ",
    "line ends": lambda v: f"\n{v}\n",
    "tab": lambda v: f"\t{v}",
    "plus": lambda v: f"+{v}",
    "zeros": lambda v: f"000{v}",
    "a point": lambda v: f"{v}." if "." not in v else f"{v}0",
    "an exponent": lambda v: f"{v}E0",
    "a comma": lambda v: f"{v},0",
    "full width": lambda v: v.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "hexadecimal": lambda v: f"0x{v}",
    "two numbers": lambda v: f"{v} 9",
    "infinity": lambda _: "INF",
    "not a number": lambda _: "NaN",
    "underscores": lambda v: f"{v[:1]}_{v[1:]}",
}

SHARED: dict[str, Callable[[int], str]] = {
    "plain": str,
    "blanks": lambda n: f" {n} ",
    "zeros": lambda n: f"00{n}",
    "plus": lambda n: f"+{n}",
    "fraction": lambda n: f"{n}.0",
    "comment": lambda n: f"<!-- 0 -->{n}",
    "comment after": lambda n: f"{n}<!-- -->",
    "reference": lambda n: "".join(f"&#{ord(digit)};" for digit in str(n)),
    "cdata": lambda n: f"<![CDATA[{n}]]>",
    "letters": lambda _: "abc",
    "negative": lambda n: f"-{n}",
    "beyond": lambda n: str(n + 100_000),
    "far beyond": lambda n: str(n + (1 << 32)),
    "nothing": lambda _: "",
    "instruction": lambda n: f"<?x 0?>{n}",
}
"""Ways of naming a shared text by its number."""


def ways() -> Iterator[tuple[str, Way]]:
    """Yield every way of spelling a cell by a name of its own."""
    for name, letters in _LETTERS.items():
        yield f"letters: {name}", lambda cell, letters=letters: cell.of(letters(cell.value))  # type: ignore[misc]
    yield from ((f"parts: {name}", way) for name, way in _PARTS.items())
    for name, number in _NUMBERS.items():
        yield f"numbers: {name}", lambda cell, number=number: _if_number(cell, number)  # type: ignore[misc]


def _if_number(cell: Spelled, number: Callable[[str], str]) -> str:
    return cell.plain if cell.is_text else cell.of(number(cell.value))


def _with_text(cell: Spelled, inside: str, beside: str = "") -> str:
    return cell.around(f"<is>{inside}</is>{beside}") if cell.is_text else cell.plain


def _as(cell: Spelled, kind: str, inside: str) -> str:
    return f'<c r="{cell.reference}" t="{kind}">{inside}</c>' if cell.is_text else cell.plain


def _prefixed(cell: str, space: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", cell).replace("<x:c ", f'<x:c xmlns:x="{space}" ', 1)


def _alternatives(choice: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBLE}"><mc:Choice Requires="x">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
