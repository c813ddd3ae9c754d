"""Results of the commands around Excel, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohyo.cli.present import as_data, as_lines
from kohyo.messages import wording

if TYPE_CHECKING:
    from kohyo.addin.dispatch import Clicked
    from kohyo.addin.doctor import Diagnosis
    from kohyo.addin.installation import Installed, Removed
    from kohyo.addin.shortcuts import Shortcuts
    from kohyo.addin.watching import Watched


def _say(key: str, **fields: object) -> str:
    return wording(f"addin.{key}", **fields)


@as_lines.register
def _(result: Installed) -> list[str]:
    return [
        _say("installed.added", path=result.addin),
        _say("installed.settings", path=result.settings),
        *([_say("installed.companion", path=result.companion)] if result.companion else []),
        _say("installed.restart", tab=wording("addin.tab")),
    ]


@as_data.register
def _(result: Installed) -> dict[str, Any]:
    companion = {"companion": str(result.companion)} if result.companion else {}
    return {"addin": str(result.addin), "settings": str(result.settings), **companion}


@as_lines.register
def _(result: Removed) -> list[str]:
    return [_say("installed.removed", path=path) for path in result.paths] or [_say("installed.nothing")]


@as_data.register
def _(result: Removed) -> dict[str, Any]:
    return {"removed": [str(path) for path in result.paths]}


@as_lines.register
def _(result: Shortcuts) -> list[str]:
    return [_say("installed.shortcut", path=path) for path in result.paths]


@as_data.register
def _(result: Shortcuts) -> dict[str, Any]:
    return {"files": [str(path) for path in result.paths]}


@as_lines.register
def _(result: Clicked) -> list[str]:
    return [result.sentence]


@as_data.register
def _(result: Clicked) -> dict[str, Any]:
    return {"task": result.tag, "done": result.done, "sentence": result.sentence}


@as_lines.register
def _(result: Diagnosis) -> list[str]:
    return [_say("diagnosis.line", mark=_say(f"mark.{check.mark.value}"), text=check.text) for check in result.checks]


@as_data.register
def _(result: Diagnosis) -> dict[str, Any]:
    return {"checks": [{"mark": check.mark.value, "text": check.text} for check in result.checks]}


@as_lines.register
def _(result: Watched) -> list[str]:
    return [_say("watching.stopped", count=result.count)]


@as_data.register
def _(result: Watched) -> dict[str, Any]:
    return {"consolidations": result.count}
