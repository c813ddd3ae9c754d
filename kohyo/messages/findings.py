"""Findings in words: severity, message and explanation of each code (``findings.toml``)."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.messages.catalogue import section
from kohyo.model.finding import Finding, Severity

_SUBJECT = "findings"


@dataclass(frozen=True)
class Explanation:
    """What a code means (意味), why it is raised (理由) and how to mend it (直し方)."""

    code: str
    severity: Severity
    title: str
    why: str
    mend: str


def all_codes() -> tuple[str, ...]:
    """Return every finding code, in order."""
    return tuple(sorted(section(_SUBJECT)))


def severity(code: str) -> Severity:
    """Return the severity of ``code``; raise KeyError for a code that does not exist."""
    return Severity(section(_SUBJECT)[code]["severity"])


def describe(finding: Finding) -> str:
    """Return the one sentence that says what was found and how to mend it."""
    template: str = section(_SUBJECT)[finding.code]["message"]
    return template.format(
        **{
            "file": finding.place.file,
            "sheet": finding.place.sheet,
            "cell": finding.place.cell,
            "field": finding.field,
            "value": finding.value,
            **finding.context,
        }
    )


def explain(code: str) -> Explanation:
    """Return the explanation of ``code``; raise KeyError for a code that does not exist."""
    entry = section(_SUBJECT)[code]
    return Explanation(code, Severity(entry["severity"]), entry["title"], entry["why"], entry["mend"])
