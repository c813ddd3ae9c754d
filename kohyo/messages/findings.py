"""Findings in words: severity, message and explanation of each code (``data/wording/findings``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kohyo.messages.catalogue import folder, toml, wording
from kohyo.model.finding import Finding, Severity


@dataclass(frozen=True)
class Explanation:
    """What a code means (意味), why it is raised (理由) and how to mend it (直し方)."""

    code: str
    severity: Severity
    title: str
    why: str
    mend: str


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    """Read every family's file; a code that stands twice is a fault of the package."""
    entries: dict[str, Mapping[str, str]] = {}
    for file in sorted((folder() / "findings").iterdir(), key=lambda entry: entry.name):
        family = toml(file)
        if repeated := entries.keys() & family.keys():
            raise ValueError(repeated)
        entries |= family
    return entries


def all_codes() -> tuple[str, ...]:
    """Return every finding code, in order."""
    return tuple(sorted(_catalogue()))


def template_of(code: str) -> str:
    """Return the template of a code's message."""
    return _catalogue()[code]["message"]


def severity(code: str) -> Severity:
    """Return the severity of ``code``; raise KeyError for a code that does not exist."""
    return Severity(_catalogue()[code]["severity"])


def weighty(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that a person must look at: all but 情報."""
    return tuple(finding for finding in findings if severity(finding.code) is not Severity.INFO)


def describe(finding: Finding, template: str = "") -> str:
    """Return the one sentence that says what was found and how to mend it, in the words of ``template`` if given."""
    known = {
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "field": finding.field,
        "value": finding.value,
    }
    return (template or _catalogue()[finding.code]["message"]).format(**known, **finding.context)


def explain(code: str) -> Explanation:
    """Return the explanation of ``code``; raise KeyError for a code that does not exist."""
    entry = _catalogue()[code]
    return Explanation(code, Severity(entry["severity"]), entry["title"], entry["why"], entry["mend"])


def located(finding: Finding) -> str:
    """Return where and what in one line: file, sheet and cell as far as known, then the sentence."""
    place = "".join(
        wording(f"finding.place.{name}", value=value)
        for name, value in (
            ("file", finding.place.file),
            ("sheet", finding.place.sheet),
            ("cell", finding.place.cell),
        )
        if value
    )
    return wording("finding.line", code=finding.code, place=place, message=describe(finding))


Finding.in_words = staticmethod(located)
