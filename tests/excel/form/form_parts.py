"""The parts of a form, to be compared: what its cells say stands in them, and the shared texts are in order."""

from __future__ import annotations

import io
import re
import zipfile

_TEXTS = "xl/sharedStrings.xml"
_ENTRY = re.compile("<si>.*?</si>", re.DOTALL)
_PLACE = re.compile(r't="s"><v>(\d+)</v>')


def form_parts(content: bytes) -> dict[str, str]:
    """Return the parts by name, in their order in the package; the order of the shared texts alone is lost."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    entries = _ENTRY.findall(parts[_TEXTS])
    assert len(entries) == len(set(entries))
    for name, part in parts.items():
        parts[name] = _PLACE.sub(lambda found: f't="s">{entries[int(found[1])]}', part)
    head, _, _ = parts[_TEXTS].partition("<si>")
    _, _, tail = parts[_TEXTS].rpartition("</si>")
    return {**parts, _TEXTS: "".join((head, *sorted(entries), tail))}
