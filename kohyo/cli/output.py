"""What a command prints: lines or one JSON object, progress on stderr, errors as one Japanese line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from kohyo.errors import KohyoError, cause_of
from kohyo.messages import describe_problem, wording

if TYPE_CHECKING:
    from kohyo.workspace.notices import Notices

_WRONG_USE = 2
_UNEXPECTED = 3
_DEBUG = "KOHYO_DEBUG"


def prepare_streams() -> None:
    """Let a console that cannot print a character (cp932) show a substitute; where there is none, print nowhere."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _nowhere() -> TextIO:
    """Return a stream for a Python without a console (pythonw), where there is none."""
    return Path(os.devnull).open("w", encoding="utf-8")


@dataclass(frozen=True)
class Door:
    """The way out of a command: runs a use case, prints its result, exits with its code."""

    json: bool

    def run(self, use_case: Callable[[Any], object]) -> NoReturn:
        """Run ``use_case`` (given the progress display) and exit: 0, 1 when a person is needed, 2 or 3 for errors.

        What it did is remembered until its result was printed: asked again after it was killed before that, it says
        what it did, and does no more.
        """
        from kohyo.workspace.answer import answering  # noqa: PLC0415 - help waits for every import
        from kohyo.workspace.notices import listening  # noqa: PLC0415 - likewise

        with listening() as told:
            with answering():
                result, before = self._result(use_case, told), len(told.sentences)
                self._print(result, told)
            _tell(told.sentences[before:])  # what could not be tidied up
        sys.exit(_code(result, told))

    def stay(self, use_case: Callable[[Any], object]) -> NoReturn:
        """Run a use case that works until it is stopped, and that answers by itself for all that it did."""
        from kohyo.workspace.notices import listening  # noqa: PLC0415 - help waits for every import

        with listening() as told:
            result = self._result(use_case, told)
        self._print(result, told)
        sys.exit(_code(result, told))

    def _print(self, result: object, told: Notices) -> None:
        """Print a result with what was told besides, whole; exit with a line where that cannot be printed."""
        import kohyo.cli.present_returns  # noqa: F401, PLC0415 - teaches the door these results
        from kohyo.cli.present import as_data, as_lines  # noqa: PLC0415 - help waits for every import

        _tell(told.sentences)
        try:
            if self.json:
                _print_json({**as_data(result), **_notices(told)})
            else:
                sys.stdout.write("\n".join(as_lines(result)) + "\n")
            sys.stdout.flush()
        except OSError as error:
            self.unprinted("cli.unprinted", error)

    def _result(self, use_case: Callable[[Any], object], told: Notices) -> object:
        """Return what the use case does, or exit with the one line that says why it cannot be done."""
        try:
            return use_case(_silent if self.json else show_progress)
        except KohyoError as problem:
            _tell(told.sentences)
            self._fail(describe_problem(problem), problem.key, problem.exit_code)
        except KeyboardInterrupt:
            self.abort()
        except Exception as error:  # no traceback ever reaches a user
            if os.environ.get(_DEBUG):
                raise
            _tell(told.sentences)
            detail = f"{type(error).__name__}: {error}"
            self._fail(wording("errors.unexpected", detail=detail), "unexpected", _UNEXPECTED)

    def refuse(self, line: str) -> NoReturn:
        """Say that the command was used wrongly, and exit."""
        self._fail(line, "wrong_use", _WRONG_USE)

    def abort(self) -> NoReturn:
        """Say that a person stopped the command, and exit."""
        self._fail(wording("cli.aborted"), "aborted", _UNEXPECTED)

    def unprinted(self, sentence: str, error: OSError) -> NoReturn:
        """Say, where that can be, that what a person should read could not be printed, and exit."""
        sys.stdout = _nowhere()  # nor is it tried again at the end
        cause = cause_of(error)
        why = wording(f"errors.because.{cause}") if cause else ""
        self._fail(wording(sentence, why=why), "unprinted", _UNEXPECTED)

    def _fail(self, line: str, key: str, code: int) -> NoReturn:
        _tell([line])
        if self.json:
            with suppress(OSError):  # the code says it too
                _print_json({"error": {"key": key, "message": line}})
                sys.stdout.flush()
        sys.exit(code)


def _code(result: object, told: Notices) -> int:
    return 1 if told.needs_person or getattr(result, "needs_person", False) else 0


def _tell(sentences: Iterable[str]) -> None:
    """Say on stderr what was done beside the command's own work; where nobody can hear it, the work goes on."""
    try:
        for sentence in sentences:
            sys.stderr.write(sentence + "\n")
        sys.stderr.flush()
    except OSError:
        sys.stderr = _nowhere()


def _notices(told: Notices) -> dict[str, list[str]]:
    return {"notices": told.sentences} if told.sentences else {}


def _print_json(data: object) -> None:
    import json as json_format  # noqa: PLC0415 - few ask for it

    plain = "utf" not in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json_format.dumps(data, ensure_ascii=plain, indent=2) + "\n")


def _silent(work: Sequence[Any], _what: str) -> Iterable[Any]:
    return work


def show_progress(work: Sequence[Any], what: str) -> Iterator[Any]:
    """Yield the elements of ``work`` while a bar on stderr shows how far it is; nothing where stderr is a file."""
    from rich.console import Console  # noqa: PLC0415 - only long work needs it
    from rich.progress import track  # noqa: PLC0415

    console = Console(stderr=True)
    yield from track(work, description=what, console=console, transient=True, disable=not console.is_terminal)
