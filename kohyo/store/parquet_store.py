"""The store on the disk (集約データの置き場): Parquet files, and for each workspace the list of those that count.

A file counts when the list of a workspace names it. The list is exchanged last and at once, so that a question sees a
workspace as it was gathered before or as it is gathered now, whatever is cut off in between.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from kohyo.errors import FileError, UsageError
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.store.rows import Told
from kohyo.store.schemas import MUNICIPALITY, ROUND, SCHEMA_VERSION, TABLES, YEAR

_LISTS = "_workspaces"
_LOCK = ".kohyo.lock"
_SECONDS = 5
_UNSAFE = '%<>:"/\\|?*=#'


@dataclass(frozen=True)
class Source:
    """Whose data it is: municipality, fiscal year and plan; ``root`` is the folder it was gathered from last."""

    municipality: str
    year: int
    plan: str
    root: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What no two workspaces of a store share."""
        return self.municipality, self.year, self.plan


@dataclass(frozen=True)
class Listed:
    """The list of one workspace: the files that count, by path within the store, with their SHA-256 and rows."""

    source: Source
    files: Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Put:
    """What putting a workspace did: files written and left as they were, rows that count, where it came from before."""

    written: int
    kept: int
    rows: Mapping[str, int]
    moved_from: str = ""


class Store:
    """A store at a folder, which may be new."""

    def __init__(self, root: Path) -> None:
        """Name the folder; nothing is read or written yet."""
        self.root = root

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep a second run out; make the folder where it is new.

        Raises UsageError where the folder holds something else, FileError when it cannot be written or is of another
        schema version.
        """
        lists = self.root / _LISTS
        if self.root.is_file() or (self.root.is_dir() and not lists.is_dir() and any(self.root.iterdir())):
            raise UsageError("not_empty", path=self.root)
        try:
            lists.mkdir(parents=True, exist_ok=True)
            with FileLock(self.root / _LOCK).acquire(timeout=_SECONDS):
                self.listed()
                yield
        except Timeout as error:
            raise FileError("busy", path=self.root) from error
        except OSError as error:
            raise FileError("unwritable", path=self.root) from error

    def listed(self) -> tuple[Listed, ...]:
        """Return the lists of all workspaces.

        Raises UsageError where there is no store, FileError where a list is broken or of another schema version.
        """
        if not (self.root / _LISTS).is_dir():
            raise UsageError("not_a_store", path=self.root)
        return tuple(self._read(path) for path in sorted((self.root / _LISTS).glob("*.json")))

    def put(self, source: Source, told: Told) -> Put:
        """Put in what a workspace tells, in place of what it told before; files that stay the same are not written.

        Raises FileError when a file cannot be written: then what it told before still counts.
        """
        before = next((known for known in self.listed() if known.source.key == source.key), None)
        files: dict[str, tuple[str, int]] = {}
        written = 0
        for (table, round_number), records in told.rows().items():
            if records:
                content = _parquet(table, records)
                digest = sha256(content).hexdigest()
                name = self._name(source, table, round_number, digest)
                files[name] = (digest, len(records))
                written += self._written(self.root / name, digest, content)
        if before is None or (before.source, before.files) != (source, files):
            save_bytes(self._list_of(source), _encoded(Listed(source, files)))
        self._clear(source, files)
        rows = dict.fromkeys(TABLES, 0)
        for name, (_, count) in files.items():
            rows[name.partition("/")[0]] += count
        moved = before.source.root if before and before.source.root != source.root else ""
        return Put(written, len(files) - written, rows, moved)

    def files(self, table: str) -> list[str]:
        """Return the paths of the files of a table that count; raise FileError where one is gone."""
        found = [self.root / name for known in self.listed() for name in known.files if name.startswith(f"{table}/")]
        for path in found:
            if not path.is_file():
                raise FileError("store_broken", path=path)
        return [str(path) for path in found]

    def _read(self, path: Path) -> Listed:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            version = data["schema"]
            source = Source(data[MUNICIPALITY], data[YEAR], data["plan"], data["root"])
            files = {name: (entry["sha256"], entry["rows"]) for name, entry in data["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise FileError("store_broken", path=path) from error
        if version != SCHEMA_VERSION:
            raise FileError("store_version", path=self.root, found=version, known=SCHEMA_VERSION)
        return Listed(source, files)

    def _list_of(self, source: Source) -> Path:
        return self.root / _LISTS / f"{_safe(source.municipality)}_{source.year}_{_safe(source.plan)}.json"

    @staticmethod
    def _name(source: Source, table: str, round_number: int, digest: str) -> str:
        folder = f"{table}/{MUNICIPALITY}={_safe(source.municipality)}/{YEAR}={source.year}/{ROUND}={round_number}"
        return f"{folder}/{_safe(source.plan)}_{digest[:16]}.parquet"

    @staticmethod
    def _written(path: Path, digest: str, content: bytes) -> bool:
        """Write a file that is not there as it should be; tell whether it was written."""
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == digest:
            return False
        save_bytes(path, content)
        return True

    def _clear(self, source: Source, files: Mapping[str, object]) -> None:
        """Remove the files of a workspace that count no more; one that is held is removed the next time."""
        for table in TABLES:
            folder = self.root / table / f"{MUNICIPALITY}={_safe(source.municipality)}" / f"{YEAR}={source.year}"
            for path in folder.glob(f"{ROUND}=*/{_safe(source.plan)}_*.parquet"):
                if path.relative_to(self.root).as_posix() not in files:
                    with contextlib.suppress(OSError):
                        path.unlink()
            for emptied in folder.glob(f"{ROUND}=*"):
                with contextlib.suppress(OSError):
                    emptied.rmdir()


def _safe(name: str) -> str:
    """Return a name as part of a path that every file system takes and every reader of Parquet reads back."""
    return "".join(quote(sign, safe="") if sign in _UNSAFE or not sign.isprintable() else sign for sign in name)


def _parquet(table: str, records: list[dict[str, Any]]) -> bytes:
    stream = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records, schema=TABLES[table]), stream, compression="zstd")
    return bytes(stream.getvalue().to_pybytes())


def _encoded(listed: Listed) -> bytes:
    source = listed.source
    data = {
        "schema": SCHEMA_VERSION,
        MUNICIPALITY: source.municipality,
        YEAR: source.year,
        "plan": source.plan,
        "root": source.root,
        "files": {name: {"sha256": digest, "rows": rows} for name, (digest, rows) in listed.files.items()},
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")
