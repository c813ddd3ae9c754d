"""Kit (キット): everything that a closed Windows desk needs, in one folder or zip."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kohyo.errors import FileError, UsageError
from kohyo.kit import installer
from kohyo.kit.contents import build_manual, embedded_version, unpack_python, write_hashes, write_licences
from kohyo.kit.desk import VERSIONS, WINDOWS, Desk, desks
from kohyo.kit.scripts import note, setup_script, shell_script
from kohyo.kit.wheel import Wheel, own_wheel
from kohyo.messages import section, wording
from kohyo.workspace.folder import Name
from kohyo.workspace.progress import Progress, silent

_EXTRAS = ("excel", "watch")
_ANALYSIS = "analysis"
_ZIP = ".zip"


@dataclass(frozen=True)
class Kit:
    """What was made: where it lies, how many wheels for which Pythons, its bytes, the hash of its list of hashes."""

    path: Path
    wheels: int
    versions: tuple[str, ...]
    size: int
    digest: str


def make_kit(  # noqa: PLR0913 - each is one choice of the command
    to: Name,
    versions: Sequence[str] = (),
    *,
    embedded: Name | None = None,
    wheels: Name | None = None,
    platform: str = "",
    analysis: bool = False,
    progress: Progress = silent,
) -> Kit:
    """Make the kit ``to`` a folder that is not there yet, or a zip.

    ``versions`` are those of Python on the desks (``3.12``), by default that of ``embedded``, python.org's embeddable
    package, or every one that kohyo runs on; ``platform`` is that of the wheels, by default 64-bit Windows. The wheels
    are downloaded, or taken from the folder ``wheels``. Raises UsageError for a target that exists, a platform or
    version that is not known, or where pip or Sphinx are missing, FileError when a wheel cannot be had or a file not
    be written.
    """
    target = Path(to)
    if target.exists():
        raise UsageError("kit_exists", path=target)
    own = (embedded_version(Path(embedded)),) if embedded else VERSIONS
    chosen = desks(platform or WINDOWS, tuple(versions) or own)
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.absolute().parent, prefix=".kit") as name:
            made = Path(name) / target.stem
            found = _fill(made, chosen, _Choice(embedded, wheels, analysis=analysis), progress)
            digest = write_hashes(made, made / wording("kit.files.hashes"))
            _put(made, target)
    except OSError as error:
        raise FileError("unwritable", path=target) from error
    return Kit(target, found, tuple(desk.version for desk in chosen), _size(target), digest)


@dataclass(frozen=True)
class _Choice:
    """What is chosen besides the desks."""

    embedded: Name | None
    wheels: Name | None
    analysis: bool


def _fill(kit: Path, chosen: Sequence[Desk], choice: _Choice, progress: Progress) -> int:
    """Put everything but the hashes into the kit's folder and return how many wheels it holds."""
    inside = kit / "kit"
    inside.mkdir(parents=True)
    _collect(kit, chosen, choice, progress)
    manual = kit / wording("kit.files.manual")
    build_manual(manual)
    shutil.rmtree(manual.with_name("trees"))
    wheels = [Wheel(path) for path in sorted((kit / "wheels").glob("*.whl"))]
    write_licences(wheels, kit / wording("kit.files.licences"))
    _place_addin(wheels, kit / wording("kit.files.addin"))
    if choice.embedded:
        unpack_python(Path(choice.embedded), kit / "python")
    _write_scripts(kit, chosen)
    return len(wheels)


def _collect(kit: Path, chosen: Sequence[Desk], choice: _Choice, progress: Progress) -> None:
    """Bring the wheels of every desk together, and write down which of them each takes, by their hashes."""
    try:
        from kohyo.kit.download import download  # noqa: PLC0415 - needs what only the maker of a kit has
    except ImportError as error:
        raise UsageError("kit_no_parts") from error
    extras = (*_EXTRAS, _ANALYSIS) if choice.analysis else _EXTRAS
    together = kit / "wheels"
    together.mkdir()
    own = own_wheel(together)
    for desk in progress(list(chosen), wording("kit.progress.wheels")):
        with TemporaryDirectory(dir=kit.parent) as name:
            wheels = download(own, extras, desk, Path(name), Path(choice.wheels) if choice.wheels else None)
            pins = "".join(f"{wheel.pin}\n" for wheel in wheels)
            (kit / "kit" / f"requirements-{desk.version}.txt").write_text(pins, encoding="utf-8", newline="\n")
            for wheel in wheels:
                wheel.path.replace(together / wheel.path.name)


def _place_addin(wheels: Sequence[Wheel], folder: Path) -> None:
    """Lay the add-in beside the wheels, where an office can sign it before it is installed."""
    own = next(wheel for wheel in wheels if wheel.path.name.startswith("kohyo-"))
    folder.mkdir()
    (folder / installer.ADDIN).write_bytes(own.read(f"kohyo/data/addin/{installer.ADDIN}"))


def _write_scripts(kit: Path, chosen: Sequence[Desk]) -> None:
    versions = [desk.version for desk in chosen]
    files, names = section("kit")["files"], section("kit")["names"]
    own = {**names, **{name: files[name] for name in ("manual", "addin", "hashes")}}
    told = {"pythons": versions, "names": own, "texts": section("kit")["texts"]}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (kit / "kit" / "install.json").write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(installer.__file__, kit / "kit" / "install.py")
    (kit / files["first"]).write_bytes(note(wording("kit.first" if chosen[0].windows else "kit.first_elsewhere")))
    if chosen[0].windows:
        (kit / files["setup"]).write_bytes(setup_script(versions))
        (kit / files["remove"]).write_bytes(setup_script(versions, remove=True))
    else:
        (kit / files["try_out"]).write_bytes(shell_script())


def _put(made: Path, target: Path) -> None:
    if target.suffix.lower() == _ZIP:
        shutil.make_archive(str(made), "zip", made.parent, made.name)
        made.with_suffix(_ZIP).replace(target)
    else:
        made.replace(target)


def _size(target: Path) -> int:
    paths = target.rglob("*") if target.is_dir() else [target]
    return sum(path.stat().st_size for path in paths if path.is_file())
