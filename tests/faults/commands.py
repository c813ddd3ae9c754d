"""Every command that writes, and the small workspace in which it has something to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import kohyo
from kohyo.definition.carry_over import carried_over
from kohyo.definition.load import shipped
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.model.plan import Plan
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from tests.usecases.corrections import RIGHT, WRONG, send_correction
from tests.usecases.small import DEPARTMENTS, LIST, NOW, Small, made_up_plan, new_small, opened

NAME = "作業"
VERSION = "素案"
TABLE = "財源の見込み"
HELD = "~$台帳.xlsx"
REPORT = "結果/取込結果.xlsx"
_PRINTED = "区分\t\t令和12年度\t\t確認\t根拠\n\t\t額\t増減額\t\t\n歳入\t市税\t1,300\t▲20\t\t\n\t合計\t1,300\t▲20\t\t\n"
_CROSSWALK = "旧番号,新番号,項目名\n2-1,3-5,\n,1-9,新しい取組\n"


@dataclass(frozen=True)
class Command:
    """A command with its words (``{root}`` is the workspace), and how its workspace comes to be from another one."""

    name: str
    words: tuple[str, ...]
    begins: str = ""
    prepare: Callable[[Small], object] = lambda _: None
    saves: bool = False
    """Whether it changes the register."""
    open: bool = False
    """Whether Excel holds the register open, and is closed before the next run."""
    once: bool = False
    """Whether it does something else, or nothing, when it is asked for again after it ended."""
    tells_once: tuple[str, ...] = ()
    """Reports that say what one run did besides what stands."""

    def words_in(self, root: Path) -> list[str]:
        """Return its words for a workspace."""
        return [word.format(root=root) for word in self.words]

    @property
    def plan(self) -> Plan:
        """The plan of its workspace."""
        return _PLANS.get(self.name, _made_up)()


@cache
def _shipped() -> Plan:
    return shipped("setagaya-r6")


@cache
def _made_up() -> Plan:
    return made_up_plan()


@cache
def _edited() -> Plan:
    """Return the plan that a person made of the made-up one, with what that had."""
    with TemporaryDirectory() as name:
        small = Small(workspace_for(Path(name) / NAME, made_up_plan()))
        _edited_definition(small)
        return carried_over(read_definition(small.workspace.definition), made_up_plan())


_PLANS = {"new": _shipped, "define": _edited}
"""The plans of workspaces that are not the made-up one's."""


def _answered(small: Small) -> None:
    """Let one department contradict itself, and one answer with much to mend."""
    small.distribute()
    small.send("市民局", {"2-1": {"overview": "電話で予約する。"}}, name="一.xlsx")
    small.send("市民局", {"2-1": {"overview": "窓口で予約する。"}}, name="二.xlsx")
    small.send("企画財政局", {"1-1": {**WRONG, "overview": "毎年見直す。"}})


def _all_well(small: Small) -> None:
    """Let all departments answer, with nothing left to decide."""
    small.distribute()
    for department in DEPARTMENTS:
        small.send(department)
    small.consolidate()


def _hold(small: Small) -> None:
    """Let Excel hold the register open."""
    (small.root / HELD).touch()


def _waiting(small: Small) -> None:
    """Let a new register wait beside one that Excel has closed again."""
    _hold(small)
    small.consolidate()
    (small.root / HELD).unlink()


def _changed_list(small: Small) -> None:
    rows = [list(row) for row in LIST]
    rows[1][2] = "使用料を二年ごとに見直す。"
    small.write_list([*rows, ["3-2", "電子の申請", "申請を電子にする。", "市民局"]])


def _crosswalk(small: Small) -> None:
    (small.root / "対照.csv").write_text(_CROSSWALK, encoding="utf-8")


def _proposal(small: Small) -> None:
    """Let the numbers be proposed, as the table that a person looks over and hands back."""
    _crosswalk(small)
    kohyo.renumber(small.root, small.root / "対照.csv", now=NOW)


def _imported_twice(small: Small) -> None:
    """Let two commands have changed the register since it was consolidated."""
    for number in range(2):
        rows = [list(row) for row in LIST]
        rows[3][2] = f"区の窓口を{number + 1}か所にまとめる。"
        kohyo.import_items(small.root, small.write_list(rows), now=NOW)


def _next_year(small: Small) -> None:
    """Let the next year have been opened."""
    _all_well(small)
    kohyo.rollover(small.root, now=NOW)


def _damaged(small: Small) -> None:
    """Let the definition and the bases be damaged."""
    small.workspace.definition.write_bytes(b"PK")
    for path in small.workspace.bases.iterdir():
        path.write_bytes(b"{")


def _edited_definition(small: Small) -> None:
    """Let a person rename a field in the definition, and ask for one more."""
    with opened(small.workspace.definition) as book:
        fields = book["欄"]
        columns = {cell.value: cell.column or 0 for cell in fields[2]}
        codes = {fields.cell(row, 1).value: row for row in range(3, fields.max_row + 1)}
        fields.cell(codes["state"], columns["欄の名前"]).value = "進捗の具合"
        memo = {
            "符号": "memo",
            "欄の名前": "申し送り",
            "種類": "文字（複数行）",
            "区分": "work",
            "載せるシート": "card",
        }
        below = fields.max_row + 1
        for heading, value in memo.items():
            fields.cell(below, columns[heading]).value = value


def _printed_table(small: Small) -> None:
    """Print a table of the definition with another figure."""
    (small.root / "表.txt").write_text(_PRINTED, encoding="utf-8")


def _form_of_above(small: Small) -> None:
    """Let a form lie there that the level above sent, which asks for what the register says."""
    form = next(path for path in small.workspace.forms.rglob("*.xlsx") if "市民局" in path.name)
    shutil.copy(form, small.root / "上から.xlsx")


COMMANDS = (
    Command("new", ("new", "{root}")),
    Command("import", ("import", "{root}", "{root}/一覧.tsv"), "items", _changed_list, saves=True),
    Command("import-table", ("import", "{root}", "{root}/表.txt", "--table", TABLE), "items", _printed_table),
    Command("define", ("define", "{root}"), "consolidated", _edited_definition, saves=True),
    Command("distribute", ("distribute", "{root}"), "items", saves=True),
    Command("consolidate", ("consolidate", "{root}"), "answered", saves=True),
    Command("consolidate-open", ("consolidate", "{root}"), "answered", _hold, open=True, tells_once=(REPORT,)),
    Command("consolidate-waiting", ("consolidate", "{root}"), "answered", _waiting, saves=True, tells_once=(REPORT,)),
    Command(
        "consolidate-correction",
        ("consolidate", "{root}"),
        "consolidated",
        lambda small: send_correction(small, {"1-1": RIGHT}),
        saves=True,
    ),
    Command(
        "resolve",
        ("resolve", "{root}"),
        "consolidated",
        lambda small: small.decide(1, 採用="回答"),
        saves=True,
    ),
    Command("status", ("status", "{root}"), "consolidated"),
    Command("burden", ("burden", "{root}"), "consolidated"),
    Command("matrix", ("matrix", "{root}"), "consolidated"),
    Command("tables", ("tables", "{root}"), "consolidated"),
    Command("public-tables", ("tables", "{root}", "--public"), "consolidated"),
    Command("papers", ("papers", "{root}", "会議資料", "督促文"), "consolidated"),
    Command("templates", ("papers", "{root}", "--templates"), "consolidated"),
    Command("send-up", ("send-up", "{root}", "{root}/上から.xlsx"), "consolidated", _form_of_above),
    Command("audit", ("audit", "{root}"), "consolidated"),
    Command("freeze", ("freeze", "{root}", VERSION, "--anyway"), "consolidated", once=True),
    Command(
        "diff",
        ("diff", "{root}", "初め"),
        "answered",
        lambda small: (kohyo.freeze(small.root, "初め", now=NOW), small.consolidate()),
    ),
    Command("show", ("show", "{root}", "--at", "2030-06-01", "--out", "{root}/過去.xlsx"), "consolidated"),
    Command("renumber", ("renumber", "{root}", "--from", "{root}/対照.csv"), "items", _crosswalk),
    Command(
        "renumber-apply",
        ("renumber", "{root}", "--from", "{root}/結果/番号案.xlsx", "--apply", "--version", "令和12年度"),
        "items",
        _proposal,
        saves=True,
    ),
    Command("rollover", ("rollover", "{root}"), "items", _all_well, saves=True, once=True),
    Command("undo", ("undo", "{root}"), "consolidated", _imported_twice, saves=True, once=True),
    Command("undo-rollover", ("undo", "{root}"), "items", _next_year, saves=True, once=True),
    Command("restore-register", ("restore", "{root}", "--register", "最新"), "consolidated", saves=True, once=True),
    Command(
        "restore-all",
        ("restore", "{root}", "--register", "最新", "--definition", "最新", "--bases"),
        "consolidated",
        _damaged,
        saves=True,
        once=True,
    ),
)

READING = {
    "check": ("check", "{root}/回収/一.xlsx", "--definition", "{root}/計画定義.xlsx"),
    "check-rules": ("check", "{root}/台帳.xlsx", "--rules"),
    "define-check": ("define", "{root}", "--check"),
    "doctor": ("doctor", "{root}"),
    "explain": ("explain", "K201"),
    "next": ("next", "{root}"),
    "plans": ("plans",),
    "restore": ("restore", "{root}"),
    "trace": ("trace", "{root}", "2-1", "取組の内容"),
    "verify": ("verify", "{root}"),
}
"""Commands that write nothing into a workspace, with their words."""

ELSEWHERE = {
    "addin": "writes where Excel looks for its parts, and into no workspace",
    "demo": "runs the commands one after the other in a folder that was empty, and can be run again in another",
    "gather": "only reads workspaces; its store can be gathered anew from them (tests/store)",
    "kit": "collects files for another computer, and can be run again",
    "query": "only reads the store",
    "watch": "consolidates, each time as the command does",
}
"""Commands that are not tried, and why."""

NAMED = {command.name: command for command in COMMANDS}


class Workspaces:
    """The workspace of every command, made once below a folder and copied for each run."""

    def __init__(self, folder: Path) -> None:
        """Make them when they are asked for."""
        self._folder = folder
        self._made = cache(self._make)

    def copy(self, command: Command) -> Path:
        """Return a fresh workspace of a command, always in the same place: what it writes may name it."""
        place = self._folder / "here"
        _remove(place)
        place.mkdir(parents=True)
        root = place / NAME
        if command.begins:
            shutil.copytree(self._made(command), root)
        return root

    def _make(self, command: Command) -> Path:
        root = self._folder / command.name / NAME
        shutil.copytree(self._stand(command.begins), root)
        command.prepare(Small(Workspace(root)))
        return root

    @cache  # noqa: B019 - lives as long as the session
    def _stand(self, name: str) -> Path:
        """Return the workspace at a stand of the year: with its items, answered, consolidated."""
        root = self._folder / f"stand-{name}" / NAME
        if name == "items":
            new_small(root)
        elif name == "answered":
            shutil.copytree(self._stand("items"), root)
            _answered(Small(Workspace(root)))
        else:
            shutil.copytree(self._stand("answered"), root)
            Small(Workspace(root)).consolidate()
        return root


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
