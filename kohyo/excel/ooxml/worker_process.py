"""What the worker (読取り係) does: a path and its time in, a ``ReadResult`` out, each as JSON, its length before it.

Its first message says that it is ready.

It imports as little as it can: its start takes as long as reading several returns.
"""

from __future__ import annotations

import gc
import os
import signal
import struct
import sys
from typing import BinaryIO

from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.result_encoding import decode_request, encode

MEMORY = 1 << 30
"""Address space of the worker in bytes: about 80 MiB for the interpreter, the rest for one file (POSIX only)."""

READY = b"ready"
_SELDOM = 100_000
"""Objects that may come before garbage is looked for: a return makes thousands, and hardly one refers to itself."""

_LENGTH = struct.Struct(">Q")


def serve() -> None:
    """Answer requests until the parent closes the pipe; an unexpected error ends the process, which is the answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    _limit_memory()
    gc.freeze()
    gc.set_threshold(_SELDOM)
    write_frame(answers, READY)
    while request := read_frame(sys.stdin.buffer):
        path, seconds, passwords = decode_request(request)
        _limit_time(seconds)
        answer = encode(read_file(path, passwords))
        _limit_time(0)
        write_frame(answers, answer)


def write_frame(pipe: BinaryIO, content: bytes) -> None:
    """Send one message."""
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes:
    """Return the next message, nothing when the other side is gone or broke off."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else b""


def _limit_time(seconds: float) -> None:
    """End this process once it kept a processor busy for so long; Windows knows no such alarm, its parent waits."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory() -> None:
    """Bound what one file can take; Windows has no such limit and relies on the safety pass alone."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - does not exist on Windows

        _, most = resource.getrlimit(resource.RLIMIT_AS)  # what was inherited may be less
        memory = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
