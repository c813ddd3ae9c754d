"""A cluster (計算機の集まり) of dask as an executor: one that runs, by its scheduler's address, or one made here."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, TypeVar

import kohyo
from kohyo.errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

_Done = TypeVar("_Done")

LOCAL = "local"
"""The address that asks for a cluster on this machine, with a worker a core."""

_PLAIN = ["dask", "msgpack"]
"""The ways in which results may cross the network: as bytes and text, never as anything that runs when it is opened."""

_SECONDS = 10
"""How long a scheduler may take to answer, and a worker of it."""


class Cluster(Executor):
    """The workers of a scheduler; work that a worker took down with it is sent again by the scheduler itself."""

    tries = 1

    def __init__(self, client: Client) -> None:
        """Take a client of the scheduler."""
        self._client = client
        self._executor: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]

    @property
    def is_alive(self) -> bool:
        """Whether any worker is left; what waits for one that never comes waits for ever."""
        return self._client.status == "running" and bool(self._client.scheduler_info()["workers"])

    def submit(self, fn: Callable[..., _Done], /, *args: object, **kwargs: object) -> Future[_Done]:
        """Hand a function to a worker."""
        return self._executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - of Executor
        """Take no more work; the cluster itself goes on."""
        del cancel_futures
        with contextlib.suppress(Exception):  # a scheduler that is gone has nothing to end
            self._executor.shutdown(wait=wait)


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor | None]:
    """Yield the executor at a scheduler's ``address`` (``tcp://…``, or ``local``); None where that is empty.

    Raises UsageError where the extra ``scale`` is not installed, where nobody answers at the address, and where its
    workers have no kohyo of this version.
    """
    if not address:
        yield None
        return
    try:
        import distributed  # noqa: PLC0415 - heavy, and wanted by few
    except ImportError as error:
        raise UsageError("no_dask") from error
    _silence()
    with _client(distributed, address) as client:
        _stop_if_other(client, address)
        executor = Cluster(client)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)


def _silence() -> None:
    """Let dask say nothing: what goes wrong is told in our own words."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("distributed") and isinstance(logger, logging.Logger):
            logger.setLevel(logging.CRITICAL + 1)


def _client(distributed: Any, address: str) -> Client:  # noqa: ANN401 - a module
    try:
        local = {"threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": logging.CRITICAL + 1}
        where = local if address == LOCAL else {"address": address}
        own = {"timeout": _SECONDS, "set_as_default": False, "serializers": _PLAIN, "deserializers": _PLAIN}
        client: Client = distributed.Client(**where, **own)
    except (OSError, ValueError) as error:
        raise UsageError("no_scheduler", address=address) from error
    return client


def _stop_if_other(client: Client, address: str) -> None:
    """Raise UsageError unless a worker answers, with a kohyo of this version."""
    asked = client.submit(version, pure=False)
    try:
        found = asked.result(timeout=_SECONDS)
    except TimeoutError as error:
        raise UsageError("no_workers", address=address) from error
    except Exception as error:  # whatever a worker without kohyo makes of it
        raise UsageError("other_workers", address=address, version=kohyo.__version__) from error
    if found != kohyo.__version__:
        raise UsageError("other_workers", address=address, version=kohyo.__version__)


def version() -> str:
    """Return the version of kohyo where this runs."""
    return kohyo.__version__
