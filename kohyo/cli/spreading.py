"""Commands whose heavy part other machines may take: ``--scheduler ADDRESS``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from kohyo.messages import wording

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kohyo.workspace.progress import Progress

    UseCase: TypeAlias = Callable[[Progress, Executor | None], object]

Scheduler = Annotated[str, typer.Option("--scheduler", metavar="ADDRESS", help=wording("cli.options.scheduler"))]


def spreading(scheduler: str, use_case: UseCase) -> Callable[[Progress], object]:
    """Return the use case with the workers of a scheduler, or without where there is none."""

    def run(progress: Progress) -> object:
        from kohyo.workspace.cluster import cluster  # noqa: PLC0415 - only these commands need it

        with cluster(scheduler) as executor:
            return use_case(progress, executor)

    return run
