"""What went out stays (出した文書): which papers may still be written over, and which lie as they went out.

A letter or a call goes out with its form: once that is out and the letter's day is over, nothing writes over it, and
a form of another round or survey has a letter of its own name. Any other paper is named after its day; one that was
made on an earlier day is as it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kohyo.papers.paper import Paper
from kohyo.workspace.drafts import Made
from kohyo.workspace.paper_files import place_of


@dataclass(frozen=True)
class Outgoing:
    """The folder of papers, what the record tells of it, the day as it is told, and the day as the clock has it.

    ``handed_out`` tells by its control number on what day a form went out.
    """

    folder: Path
    ours: Mapping[str, Made]
    today: date
    clock: date
    handed_out: Mapping[str, date] = field(default_factory=dict)

    def is_over(self, paper: Paper) -> bool:
        """Tell whether a paper lies there as it went out."""
        name = place_of(paper)
        told = self.ours.get(name)
        if told is None or paper.day is None or not (self.folder / name).exists():
            return False
        return self._is_past(told) and (paper.form is None or self._went_out(told, paper.form))

    def _went_out(self, told: Made, form: str) -> bool:
        """Tell whether what was made went with a form: one made before another day's hand-out was a draft of it."""
        if not form:
            return False
        out = self.handed_out.get(form)
        return not told.on or told.form == form or out is None or told.day >= out.isoformat()

    def stays(self, name: str) -> bool:
        """Tell whether what lies there is left there though it would not be made today: it went out, or may have."""
        told = self.ours.get(name)
        return told is not None and (bool(told.form) or self._is_past(told))

    def lies(self, name: str) -> bool:
        """Tell whether a mail of this name lies there as it was on its day."""
        return self.stays(name) and (self.folder / name).exists()

    def _is_past(self, told: Made) -> bool:
        """Tell whether the day of what was made is over; of what an older kohyo made nobody knows."""
        if not told.day:
            return not told.on
        return told.day < self.today.isoformat() or max(told.day, told.on) < self.clock.isoformat()

    def entries(self, names: Iterable[str], papers: Iterable[Paper]) -> dict[str, Made]:
        """Return what the record is to tell of files: what belongs to no paper is a mail of today."""
        known = {Path(place_of(paper)).with_suffix("").as_posix(): paper for paper in papers}
        return {name: self._entry(known.get(Path(name).with_suffix("").as_posix())) for name in names}

    def _entry(self, paper: Paper | None) -> Made:
        day = self.today if paper is None else paper.day
        return Made(
            day=day.isoformat() if day else "", on=self.clock.isoformat(), form=(paper.form or "") if paper else ""
        )
