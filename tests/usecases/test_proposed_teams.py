"""A team that somebody proposed, from the proposal to what it reached.

1. Too many members and a form that came late are told; what was written is in the register all the same.
2. Once it is adopted the next step is to look for members, and the call for them is made; it is no item.
3. Once the secretariat writes since when it works it is called for no more; its table tells how far it is.
4. A row that names no adopted proposal, and a start that is no day, are told by the audit.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import kohyo
from kohyo.model.proposed_team import TeamStage, proposed_teams
from kohyo.workspace.folder import Workspace
from tests.usecases.team_samples import LATE, MEMBERS, Proposed, proposed


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Proposed:
    """Return a workspace whose team was adopted, for reading alone."""
    found = proposed(tmp_path_factory.mktemp("teams"))
    found.adopt()
    return found


def _copy(found: Proposed, folder: Path) -> Proposed:
    """Return the workspace, the test's own to change."""
    return replace(found, workspace=Workspace(Path(shutil.copytree(found.workspace.root, folder / "作業"))))


def _steps(found: Proposed) -> list[str]:
    return [step.key for step in kohyo.next_steps(found.workspace.root, LATE.date()).steps]


def test_what_is_too_much_and_too_late_is_told(origin: Proposed) -> None:
    """The finding names six members of five; the words are kept (1)."""
    told = {str(finding.code): finding for finding in origin.result.findings}
    assert (told["K218"].context["count"], told["K218"].context["limit"]) == ("6", "5")
    assert told["K188"].place.file == "提案.xlsx"
    assert origin.register.submissions[0].values["team_members"] == MEMBERS


def test_a_team_that_was_adopted_is_called_for(origin: Proposed) -> None:
    """It is no item, its members are looked for (2)."""
    assert "recruit" in _steps(origin)
    papers = kohyo.make_papers(origin.workspace.root, ["公募"], today=LATE.date())
    assert any("公募" in path.name for path in (*papers.written, *papers.kept))
    assert len(origin.register.items) == 1


def test_a_team_goes_its_way(origin: Proposed, tmp_path: Path) -> None:
    """Running and then with results; the table shows both with day and members; nobody is called any more (3)."""
    found = _copy(origin, tmp_path)
    (name,) = (entry.id for entry in found.register.submissions if entry.decision)
    row = {"名称": "案内チーム", "提案のID": name, "開始日": "令和6年9月2日", "想定メンバー": "総務課"}
    found.team(**row)
    (team,) = proposed_teams(found.register, {"team"})
    assert (team.stage, team.title) == (TeamStage.RUNNING, "案内チーム")
    assert "recruit" not in _steps(found)
    papers = kohyo.make_papers(found.workspace.root, today=LATE.date())
    assert not [path for path in (*papers.written, *papers.kept) if "公募" in path.name]
    found.write("ＰＴ", _last_row(found), 会議="令和6年10月1日", 進捗と成果="案内図を一つにした。")
    kohyo.make_tables(found.workspace.root, "ＰＴ一覧")
    records = json.loads((found.workspace.data / "提案型ＰＴの歩み.json").read_text(encoding="utf-8"))["data"]
    assert [(row["stage"], row["started"], row["members"]) for row in records] == [("成果あり", "2024-09-02", "総務課")]


def _last_row(found: Proposed) -> int:
    return len(found.register.teams) + 1


def test_a_row_of_nothing_adopted_is_told(origin: Proposed, tmp_path: Path) -> None:
    """The audit names the team, what it points at, and a start that is no day (4)."""
    found = _copy(origin, tmp_path)
    found.team(名称="案内チーム", 提案のID="P-000000", 開始日="秋ごろ")
    told = {str(finding.code): finding for finding in kohyo.audit(found.workspace.root).findings}
    assert (told["K446"].field, told["K446"].value) == ("案内チーム", "P-000000")
    assert (told["K447"].field, told["K447"].value) == ("案内チーム", "秋ごろ")
