"""How long a country takes (規模): ``python -m tests.benchmarks.scale_model`` writes ``docs/engineer/scale.md``.

Every figure of the page is measured (``scaling.json``, by ``tests.benchmarks.scaling``) or follows from those by what
stands here: straight lines through what was measured, and levels that pass their returns up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from math import ceil
from pathlib import Path
from statistics import linear_regression
from typing import Any

from tests.benchmarks.country import Country, read_country
from tests.tools.reference.markdown import table

MEASURED = Path(__file__).with_name("scaling.json")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "engineer" / "scale.md"

MUNICIPALITIES = 1741
PREFECTURES = 47
DEPARTMENTS = 40
"""Of each municipality; all together about 70,000 returns."""

MOST = 60
"""Files that one desk takes in at most; where more belong together, offices stand between."""

LARGE = {"北海道": 179, "長野県": 77, "埼玉県": 63, "東京都": 62}
"""The prefectures with more municipalities than that."""

ROWS = 1_048_576
"""Rows of an Excel sheet."""

LINE = 10.0
"""Megabits a second that a municipality's line surely carries."""

CLUSTER = 8
"""Cores of one machine of a cluster."""

_MIB = 1 << 20
_HOUR = 3600


@dataclass(frozen=True)
class Size:
    """A consolidation of so many files: seconds of CPU, of a bare parse; bytes at the peak, of the register."""

    files: int
    cpu: float
    bare: float
    peak: int
    register: int
    changes: int


@dataclass(frozen=True)
class Costs:
    """What was measured: consolidations by size, and what single files, forms and workspaces cost."""

    day: str
    machine: str
    load: float
    """How many processes wanted the machine at the time: on a busy one everything takes more CPU."""
    sheets: int
    sizes: Sequence[Size]
    form_seconds: float
    file_bytes: int
    answer_bytes: int
    read_seconds: float
    gather_seconds: float
    gather_bytes: int


@dataclass(frozen=True)
class Line:
    """A straight line through what was measured: what a run costs in itself, and what each file adds."""

    once: float
    each: float

    def at(self, files: float) -> float:
        """Return what so many files cost."""
        return self.once + self.each * files


@dataclass(frozen=True)
class Level:
    """A level of the relay: desks, the files that come to all of them, and to the desk that has the most of them."""

    name: str
    desks: int
    files: int
    most: int


def read_costs(path: Path = MEASURED) -> Costs:
    """Return what was measured."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Costs(**{**data, "sizes": [Size(**size) for size in data["sizes"]]})


def line(costs: Costs, value: str) -> Line:
    """Return the line of a figure of the measured sizes (``cpu``, ``peak``, ``register``, ``changes``)."""
    if value not in {part.name for part in fields(Size)}:
        raise KeyError(value)
    found = linear_regression([size.files for size in costs.sizes], [getattr(size, value) for size in costs.sizes])
    return Line(max(0.0, found.intercept), found.slope)


def peak_at(costs: Costs, files: int) -> float:
    """Return the bytes that so many files take: the largest peak measured, and beyond it the steepest growth."""
    growth = max((after.peak - size.peak) / (after.files - size.files) for size, after in pairwise(costs.sizes))
    beyond = max(0, files - costs.sizes[-1].files)
    return max(size.peak for size in costs.sizes) + max(0.0, growth) * beyond


def relay() -> tuple[Level, ...]:
    """Return the levels from the municipalities to the country; no desk takes in more than ``MOST`` files."""
    offices = [ceil(count / MOST) for count in LARGE.values()]
    direct = MUNICIPALITIES - sum(LARGE.values())
    return (
        Level("市区町村", MUNICIPALITIES, MUNICIPALITIES * DEPARTMENTS, DEPARTMENTS),
        Level("都道府県の出先", sum(offices), sum(LARGE.values()), max(map(_share, LARGE.values()))),
        Level("都道府県", PREFECTURES, direct + sum(offices), MOST),
        Level("国", 1, PREFECTURES, PREFECTURES),
    )


def _share(count: int) -> int:
    return ceil(count / ceil(count / MOST))


def relay_seconds(costs: Costs) -> float:
    """Return how long machines work until the country's register stands: each level waits for the one below it."""
    return sum(line(costs, "cpu").at(level.most) for level in relay())


def relay_hours(costs: Costs) -> float:
    """Return the hours that all desks work together."""
    cpu = line(costs, "cpu")
    return sum(cpu.once * level.desks + cpu.each * level.files for level in relay()) / _HOUR


def cluster_hours(costs: Costs, machines: int) -> float:
    """Return the hours in which a cluster's machines consolidate every municipality's workspace, one a core."""
    level = relay()[0]
    return ceil(level.desks / (machines * CLUSTER)) * line(costs, "cpu").at(level.most) / _HOUR


def longest_history(costs: Costs) -> int:
    """Return how many files' changes one sheet of Excel holds."""
    return int(ROWS / line(costs, "changes").each)


def page(costs: Costs, run: Country) -> str:
    """Return the page."""
    parts = (
        _measured(costs),
        _ran(costs, run),
        _larger(costs),
        _relay(costs),
        _network(costs),
        _cluster(costs),
        _gathered(costs),
    )
    return "\n".join((_INTRO, *parts, _ASSUMPTIONS)).rstrip() + "\n"


def _measured(costs: Costs) -> str:
    rows = [
        (
            f"{size.files:,}",
            f"{size.files * costs.sheets:,}",
            f"{size.changes:,}",
            f"{size.cpu:.1f}",
            f"{size.cpu / size.files * 1000:.0f}",
            f"{size.cpu / size.bare:.1f}",
            f"{size.peak / _MIB:,.0f}",
            f"{size.register / _MIB:.1f}",
        )
        for size in costs.sizes
    ]
    head = ("回収票", "個票", "変更", "CPU（秒）", "1件（ミリ秒）", "素読みの何倍", "記憶量（MiB）", "台帳（MiB）")
    single = [
        ("調査票1冊（個票10枚）を作る", f"CPU {costs.form_seconds * 1000:.0f}ミリ秒"),
        ("回収票1件を計算機で読む（クラスターでの分担）", f"CPU {costs.read_seconds * 1000:.1f}ミリ秒"),
        ("回収票1件の大きさ", f"{costs.file_bytes / 1024:.0f}KiB"),
        ("読んだ結果の大きさ（クラスターからの返事）", f"{costs.answer_bytes / 1024:.0f}KiB"),
        (f"作業フォルダ一つ（{costs.sizes[0].files}件）の集約", f"CPU {costs.gather_seconds:.1f}秒"),
        ("同、集約データの大きさ", f"{costs.gather_bytes / 1024:,.0f}KiB"),
    ]
    when = (
        f"{costs.day}、{costs.machine}。測ったとき、機械はほかの仕事にも使われていました（負荷 {costs.load:.0f}）。"
        "空いた機械では、CPUの値は小さくなります。記憶量は読取り係を含む頂点です。"
    )
    return f"## 測ったもの\n\n{when}\n\n{table(head, rows)}\n{table(('仕事', '費用'), single)}"


def _ran(costs: Costs, run: Country) -> str:
    """Return what a small country took, beside what the lines reckon for it; sending up is not in the lines."""
    cpu = line(costs, "cpu")
    rows = [
        (
            level.name,
            f"{level.desks:,}",
            f"{level.files:,}",
            f"{level.most}",
            f"{level.changes:,}",
            f"{(level.cpu - level.sending) / 60:.1f}",
            f"{(cpu.once * level.desks + cpu.each * level.files) / 60:.1f}",
            f"{level.sending / 60:.1f}",
            f"{level.middle:.1f}（{level.slowest:.1f}）",
            f"{level.peak / _MIB:.0f}",
        )
        for level in run.levels
    ]
    head = (
        *("段", "机", "届いた件数", "一つの机に最大", "変更"),
        *(
            "取込みのCPU（分）",
            "見積り（分）",
            "上申のCPU（分）",
            "一つの机で（秒、最も遅い机）",
            "記憶量（MiB、最大）",
        ),
    )
    first = run.levels[0]
    told = (
        f"{first.desks:,}市区町村に{first.most}件ずつの{first.files:,}件を、測ったものと同じ机で実際に動かしました"
        f"（{run.day}、{run.machine}。机はほかの仕事にも使われていました）。"
        "市区町村は届いた回収票を取り込み、`kohyo send-up` で都道府県に答えます。"
        f"都道府県も同じように国に答えます。様式と回収票を書くところから国の台帳まで、二つの机ずつ並べて"
        f"{run.seconds / 60:.0f}分でした。どの段でも、届いたものはすべて受理され、競合はありません。"
        f"国の台帳の一つの値は、{'、'.join(run.origins[1:-1])}を経て、部（{run.origins[-1]}）のファイルのセルまで"
        f"たどれます。\n\n{run.workspaces:,}の作業フォルダを `kohyo gather` で集めると、"
        f"CPU {run.gather_seconds / 60:.1f}分、{run.gather_bytes / _MIB:,.0f}MiB、回答{run.answers:,}件です。"
    )
    return f"## 実際に動かした{first.files:,}件\n\n{told}\n\n{table(head, rows)}"


def _larger(costs: Costs) -> str:
    cpu, register = line(costs, "cpu"), line(costs, "register")
    rows = [
        (
            f"{files:,}",
            f"{cpu.at(files) / 60:,.0f}",
            f"{peak_at(costs, files) / _MIB:,.0f}",
            f"{register.at(files) / _MIB:,.0f}",
        )
        for files in (20_000, MUNICIPALITIES * DEPARTMENTS)
    ]
    why = (
        f"測った値を直線で延ばした見積りで、測ってはいません。変更履歴は、{longest_history(costs):,}件ほどでExcelの一枚の"
        f"シート（{ROWS:,}行）を満たし、その先は「変更履歴（続き2）」から順に次のシートへ続きます。取り込める件数の上限では"
        "ありませんが、どの机でも軽く開けるようにするには、下のリレーで集めます。"
    )
    head = ("回収票", "CPU（分）", "記憶量（MiB）", "台帳（MiB）")
    return f"## 一つの作業フォルダに集めたら\n\n{why}\n\n{table(head, rows)}"


def _relay(costs: Costs) -> str:
    cpu, register = line(costs, "cpu"), line(costs, "register")
    rows = [
        (
            level.name,
            f"{level.desks:,}",
            f"{level.files:,}",
            f"{level.most}",
            f"{cpu.at(level.most):.0f}",
            f"{peak_at(costs, level.most) / _MIB:,.0f}",
            f"{register.at(level.most) / _MIB:.1f}",
        )
        for level in relay()
    ]
    files = sum(level.files for level in relay())
    told = (
        f"{MUNICIPALITIES:,}市区町村×{DEPARTMENTS}部の{relay()[0].files:,}件を、市区町村、都道府県、国が順に取り込み、"
        f"それぞれ `kohyo send-up` で一つの回答にして上へ送ります。{MOST}を超える都道府県は出先を間に置くので、"
        f"どの机にも{MOST}件までしか来ません。\n\n"
        f"どの机も自分のパソコン1台（1コア）で働き、国の台帳ができるまでの計算は、段を順に待っても合わせて"
        f"**{relay_seconds(costs):.0f}秒**です。すべての机の計算を足すと{relay_hours(costs):.1f}時間、"
        f"取り込む回数は{files:,}件です。"
    )
    head = ("段", "机", "届く件数", "一つの机に", "CPU（秒）", "記憶量（MiB）", "台帳（MiB）")
    return f"## リレー（市区町村 → 都道府県 → 国）\n\n{told}\n\n{table(head, rows)}"


def _network(costs: Costs) -> str:
    rows = []
    for level in relay():
        desk = level.most * costs.file_bytes
        whole = level.files * costs.file_bytes
        rows.append((level.name, f"{desk / _MIB:.1f}", f"{whole / _MIB:,.0f}", f"{desk * 8 / (LINE * 1e6):.1f}"))
    head = ("届く先", "一つの机（MiB）", "全部（MiB）", f"一つの机、{LINE:.0f}Mbpsの回線で（秒）")
    return f"## ネットワーク\n\n行き来するのは調査票と回収票のファイルだけです。\n\n{table(head, rows)}"


def _cluster(costs: Costs) -> str:
    level = relay()[0]
    rows = [(f"{count}", f"{count * CLUSTER}", f"{cluster_hours(costs, count) * 60:.1f}") for count in (1, 10, 50)]
    each = (costs.file_bytes + costs.answer_bytes) / 1024
    told = (
        f"市区町村の作業フォルダ{level.desks:,}個を一か所の計算機（1台{CLUSTER}コア、1コアに一つの作業フォルダ）で"
        f"取り込むときの時間です。一つの作業フォルダの読み取りを `--scheduler` で分けるときは、1件につき{each:.0f}KiBが"
        f"ネットワークを通り、{level.files:,}件で{each * level.files / 1024 / 1024:.1f}GiBです。"
    )
    return f"## 一か所の計算機で\n\n{told}\n\n{table(('計算機', 'コア', '時間（分）'), rows)}"


def _gathered(costs: Costs) -> str:
    hours = costs.gather_seconds * MUNICIPALITIES / _HOUR
    size = costs.gather_bytes * MUNICIPALITIES / _MIB
    told = (
        f"{MUNICIPALITIES:,}の作業フォルダを `kohyo gather` で一つの集約データにすると、CPUで{hours:.1f}時間、"
        f"{size:,.0f}MiBです。あとから加わった一つは、その分だけ（{costs.gather_seconds:.1f}秒）で済みます。"
    )
    return f"## 集約データ\n\n{told}\n"


_INTRO = """# 規模と見積り

% python -m tests.benchmarks.scale_model が作ります。手で直さないでください。

何件までなら何台で何時間かかるかを、測った値から見積もります。測った値は `tests/benchmarks/` の `scaling.json` と
`country.json` にあり、`python -m tests.benchmarks.scaling` と `python -m tests.benchmarks.country` で測り直せます。
計算は `tests/benchmarks/scale_model.py` にあります。
"""

_SPELLED = "、".join(f"{name}{count}" for name, count in LARGE.items())

_ASSUMPTIONS = f"""## 仮定

- 一つの部の回収票は一つのファイルで、個票は5枚です。どの欄にも回答があり、1件あたりの変更の数は測ったものと同じです。
- 上へ送る回答も同じ大きさです。上の段が尋ねる欄が少なければ、これより軽くなります。
- 費用は件数に比例し、一回ごとの決まった分が加わります（測った大きさに当てた直線）。
- 記憶量は測った中で最も大きい値とし、測った件数を超える分は、測った中で最も急な増え方で延ばします。
- 時間は計算だけです。人が書く、決める、送る時間は入っていません。
- 計算機は測ったものと同じ速さの1コアで数え、ディスクの待ちは入れていません。
- 市区町村の数は{MUNICIPALITIES:,}（特別区を含む）、都道府県は{PREFECTURES}です。
- {MOST}を超えるのは{_SPELLED}で、その出先に均等に分かれるものとします。
- クラスターの効率は100%とします。仕事は作業フォルダごとに独立で、途中で受け渡すものはありません。
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(read_costs(), read_country()), encoding="utf-8")


if __name__ == "__main__":
    main()
