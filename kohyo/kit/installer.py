"""Installs a kit (キット) on a desk; ``setup.cmd`` starts this file, which lies in the kit as ``kit/install.py``.

It knows nothing but Python's own library and what lies beside it, asks the network for nothing and needs no
administrator. Doing it again brings everything up to date. The sentences stand in ``install.json``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

KIT = Path(__file__).resolve().parents[1]
ADDIN = "kohyo.xlam"
WINDOWS = os.name == "nt"
_UTF8 = 65001
_DESKTOP_KEY = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


class Stopped(Exception):  # noqa: N818 - no error of the program
    """Raised when the kit cannot be installed here; its text is what the user reads."""


class Installation:
    """One installation: the kit, what it says of itself, and where it goes."""

    def __init__(self, kit: Path, home: Path, desktop: Path) -> None:
        """Take the kit's folder, the folder of the programs and the desktop."""
        self.kit, self.home, self.desktop = kit, home, desktop
        self.told = json.loads((kit / "kit" / "install.json").read_text(encoding="utf-8"))
        self.names: Mapping[str, str] = self.told["names"]
        self.shortcuts = desktop / self.names["shortcuts"]

    @property
    def python(self) -> Path:
        """The Python that runs kohyo afterwards."""
        embedded, inside = self.home / "python" / "python.exe", self.home / "venv"
        if self._is_embedded:
            return embedded
        return inside / "Scripts" / "python.exe" if WINDOWS else inside / "bin" / "python"

    @property
    def _launcher(self) -> Path:
        """What is typed to run kohyo where no Windows is."""
        return self.home / "kohyo"

    @property
    def _is_embedded(self) -> bool:
        """Tell whether the kit brings its own Python, which then runs this file."""
        return (self.kit / "python" / "python.exe").is_file() and WINDOWS

    def install(self) -> None:
        """Check the kit, lay Python and the packages down, and put add-in and shortcuts in their places."""
        self._check()
        self.say("installing", home=self.home)
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            self._lay_python()
            self._lay_packages()
        except PermissionError as error:
            raise Stopped(self.text("in_use", path=error.filename or self.home)) from error
        shutil.copytree(self.kit / self.names["manual"], self.home / self.names["manual"], dirs_exist_ok=True)
        if WINDOWS:
            self._run([str(self.python), "-m", "kohyo", "addin", "install"], "no_addin")
            self._run([str(self.python), "-m", "kohyo", "addin", "shortcuts", str(self.shortcuts)], "no_addin")
        self._write_commands()
        if WINDOWS:
            self.say("installed", shortcuts=self.shortcuts)
        else:
            self.say("installed_elsewhere", command=self._launcher, sample=self.names["sample"])

    def remove(self) -> None:
        """Take away what was installed; no workspace is touched."""
        if WINDOWS and self.python.is_file():
            self._run([str(self.python), "-m", "kohyo", "addin", "remove"], "in_use", path=ADDIN)
        for folder in (self.home, self.shortcuts):
            try:
                if folder.exists():
                    shutil.rmtree(folder)
            except OSError as error:
                raise Stopped(self.text("in_use", path=error.filename or folder)) from error
        self.say("removed")

    def text(self, key: str, **fields: object) -> str:
        """Return a sentence of the kit."""
        return str(self.told["texts"][key]).format(**fields)

    def say(self, key: str, **fields: object) -> None:
        """Print a sentence of the kit."""
        sys.stdout.write(self.text(key, **fields) + "\n")
        sys.stdout.flush()

    def _check(self) -> None:
        """Compare this Python with what the kit is for, and every file with the list of hashes."""
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        if version not in self.told["pythons"] or sys.maxsize < 2**32:
            raise Stopped(self.text("wrong_python", version=version, known=", ".join(self.told["pythons"])))
        wrong = [name for name, digest in self._hashes() if _digest(self.kit / name) != digest]
        if wrong:
            raise Stopped(self.text("damaged", count=len(wrong), first=wrong[0]))

    def _hashes(self) -> Iterator[tuple[str, str]]:
        for line in (self.kit / self.names["hashes"]).read_text(encoding="utf-8").splitlines():
            digest, name = line.split(" *", 1)
            yield name, digest

    def _lay_python(self) -> None:
        if self._is_embedded:
            shutil.copytree(self.kit / "python", self.home / "python", dirs_exist_ok=True)
        else:
            import venv  # noqa: PLC0415 - a Python that comes with the kit has none

            venv.EnvBuilder(clear=True, with_pip=False).create(self.home / "venv")

    def _lay_packages(self) -> None:
        """Install the wheels with the kit's own pip, each by its hash, and the kit's add-in."""
        wheels = self.kit / "wheels"
        pip = next(iter(sorted(wheels.glob("pip-*.whl"))))
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        pins = self.kit / "kit" / f"requirements-{version}.txt"
        install = ["install", "--no-index", "--no-deps", "--require-hashes", "--disable-pip-version-check"]
        quiet = ["--quiet", "--no-warn-script-location", "--find-links", str(wheels), "--requirement", str(pins)]
        self._run([str(self.python), str(pip / "pip"), *install, *quiet], "no_packages")
        find = "import kohyo, pathlib; print(pathlib.Path(kohyo.__file__).parent)"
        package = self._run([str(self.python), "-c", find], "no_packages").strip()
        shutil.copyfile(self.kit / self.names["addin"] / ADDIN, Path(package) / "data" / "addin" / ADDIN)

    def _write_commands(self) -> None:
        """Write what is started by name or by a double click."""
        if not WINDOWS:
            self._launcher.write_text(f'#!/bin/sh\nexec "{self.python}" -P -m kohyo "$@"\n', encoding="utf-8")
            self._launcher.chmod(0o755)
            return
        manual, kohyo = self.home / self.names["manual"] / "index.html", self.home / "kohyo.cmd"
        sample = Path.home() / "Documents" / self.names["sample"]
        _write_batch(kohyo, [f'"{self.python}" -P -m kohyo %*'])
        self.shortcuts.mkdir(parents=True, exist_ok=True)
        demo = [f'call "{kohyo}" demo --to "{sample}"', 'if not errorlevel 2 start "" ' + f'"{sample}"', "pause"]
        _write_batch(self.shortcuts / f"{self.names['demo']}.cmd", demo)
        _write_batch(self.shortcuts / f"{self.names['open_manual']}.cmd", [f'start "" "{manual}"'])
        _write_batch(self.shortcuts / f"{self.names['console']}.cmd", [f'cmd /k "set PATH={self.home};%PATH%"'])

    def _run(self, command: Sequence[str], key: str, **fields: object) -> str:
        """Run Python, for which neither the folder it is started in nor a setting counts, and return what it printed.

        A failure ends with the sentence of ``key``.
        """
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
        done = subprocess.run(  # noqa: S603 - our own commands
            [command[0], "-I", "-X", "utf8", *command[1:]],
            capture_output=True,
            check=False,
            env={**plain, "PIP_CONFIG_FILE": os.devnull},
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode > 1:
            raise Stopped(self.text(key, **fields) + "\n" + done.stderr.strip())
        if done.returncode and key != "no_addin":
            raise Stopped(self.text(key, **fields) + "\n" + done.stderr.strip())
        return done.stdout


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _write_batch(path: Path, lines: Sequence[str]) -> None:
    """Write a batch file in the code page of a Japanese console, or in UTF-8 where a path needs it."""
    text = "".join(f"{line}\r\n" for line in ["@echo off", *lines])
    try:
        path.write_bytes(text.encode("cp932"))
    except UnicodeEncodeError:
        path.write_bytes(text.replace("@echo off", f"@echo off\r\nchcp {_UTF8} >nul", 1).encode())


def home_folder() -> Path:
    """Return where the programs go: a folder of the user's own."""
    local = os.environ.get("LOCALAPPDATA") if WINDOWS else os.environ.get("XDG_DATA_HOME")
    return Path(local) / "kohyo" if local else Path.home() / ".local" / "share" / "kohyo"


def desktop_folder() -> Path:
    """Return the desktop, also where it was moved to a server."""
    if WINDOWS:
        registry: Any = import_module("winreg")
        with registry.OpenKey(registry.HKEY_CURRENT_USER, _DESKTOP_KEY) as key:
            return Path(os.path.expandvars(str(registry.QueryValueEx(key, "Desktop")[0])))
    return Path.home() / "Desktop"


def main(words: Sequence[str]) -> int:
    """Install the kit, or take it away (``--remove``); return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    installation = Installation(KIT, home_folder(), desktop_folder())
    try:
        installation.remove() if "--remove" in words else installation.install()
    except Stopped as stopped:
        sys.stderr.write(f"{stopped}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
