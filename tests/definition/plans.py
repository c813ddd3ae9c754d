"""Plans for the tests: the made-up one, bent copies of it, and generated ones."""

from __future__ import annotations

import copy
import string
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kohyo.definition.load import plan_from_data
from kohyo.model.plan import Plan
from kohyo.text.normalise import key
from kohyo.text.tabs import file_stem

MADEUP = Path(__file__).parents[1] / "plans" / "madeup.toml"

Bend = Callable[[dict[str, Any]], object]


def madeup_data() -> dict[str, Any]:
    """Return the made-up plan as plain data, to be bent."""
    return tomllib.loads(MADEUP.read_text(encoding="utf-8"))


def bent(bend: Bend) -> dict[str, Any]:
    """Return the made-up plan's data after ``bend`` changed it."""
    data = copy.deepcopy(madeup_data())
    bend(data)
    return data


_NASTY = (
    "=1+1", "+1", "-1", "@SUM(A1)", "01", "0", "1e5", "TRUE", "true", "2024/4/1", "1-24", "'引用", '"引用"', '"""',
    "#N/A", "＝１＋１", "ＤⅩ　推進", "改行\nあり", "\n前の改行", "後の改行\n", " 前の空白", "後の空白 ", "タブ\tあり",
    "_x000D_", "_x0041_", "<b>&amp;", "\\n", "𠮷野家", "髙﨑", "葛\U000e0100", "か\u3099", "長い文" * 200,
    "[[fields]]", "# 注",
)  # fmt: skip
_CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff", include_characters="\n\t"
)

texts = st.one_of(st.sampled_from(_NASTY), st.text(_CHARACTERS, min_size=1, max_size=12))
optional_texts = st.one_of(st.just(""), texts)
hints = optional_texts.filter(lambda text: len(text.encode("utf-16-le")) // 2 <= 255)
_SEPARATORS = "、，,;；/／\n"
names = texts.filter(lambda text: text == text.strip() and key(text) and not set(text) & set(_SEPARATORS))
lines = texts.filter(lambda text: text == text.strip() and "\n" not in text)
_fonts = lines.filter(lambda text: len(text.encode("utf-16-le")) // 2 <= 31 and not set(text) & set('"&,\t'))
keys = st.from_regex(r"[a-z][a-z0-9_]{0,7}", fullmatch=True)
limits = st.one_of(st.none(), st.just(0), st.integers(-(10**9), 10**9), st.sampled_from([0.5, -1.25, 1e-9]))
year_limits = st.one_of(st.none(), st.integers(1868, 9999))
"""Limits of a date: years."""
_YEARS = (2029, 2030, 2031, 2032)


def _template(text: str) -> str:
    """Return a text that stands for itself in a template."""
    return text.replace("{", "{{").replace("}", "}}")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return plans that are sound, with texts that neither a workbook nor TOML finds easy."""
    data = madeup_data()
    for name in ("name", "organisation", "secretariat", "contact", "version", "survey_form_name"):
        data["plan"][name] = draw(texts)
    data["plan"]["font"] = draw(_fonts)
    data["plan"]["version_note"] = draw(optional_texts)
    data["cycle"] = draw(_cycles())
    data["years"] = [{"year": year, "phase": draw(st.sampled_from(["focus", "verification"]))} for year in _YEARS]
    data["matrix"]["separator"] = draw(texts)
    data["matrix"]["suffix"] = draw(optional_texts)
    data["goals"] = draw(_goals())
    data["departments"], data["expansions"] = draw(_departments())
    data["former"] = draw(_former(data))
    data["affiliates"] = draw(_named(lines.filter(key)))
    data["choices"] = draw(_choices())
    data["seats"] = [{"body": draw(texts), "post": post, "role": draw(optional_texts)} for post in draw(_posts)]
    data["hearings"] = draw(_hearings)
    data["tables"] = draw(_tables)
    data["sheets"][2]["guide"] = draw(texts)
    data["forms"][0]["closes"] = draw(st.dates(date(2029, 4, 1), date(2032, 3, 31)))
    data["groups"] += [{"key": f"g_{place}", "label": draw(texts)} for place in range(draw(st.integers(0, 2)))]
    data["fields"] = [*(rule for rule in data["fields"] if "choices" not in rule), *draw(_fields(data["choices"]))]
    return plan_from_data(data, "generated")


_one_line = lines.filter(key)
_row = st.fixed_dictionaries(
    {},
    optional={
        "who": texts,
        "figure": texts,
        "count": st.integers(-(10**9), 10**9),
        "ticked": st.just(value=True),
        "list": st.lists(_one_line, min_size=1, max_size=3),
        "again": st.just(value=True),
        "total": st.just(value=True),
    },
)
_tables = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["見込み", "用語", "2024", "=1+1"]),
            "title": texts,
            "subtitle": optional_texts,
            "notes": st.lists(_one_line, max_size=2),
            "landscape": st.booleans(),
            "columns": st.just(
                [
                    {"key": "who", "label": "誰", "merge": True, "again": "again"},
                    {"key": "figure", "kind": "figure"},
                    {"key": "count", "label": "数", "kind": "integer", "under": "件"},
                    {"key": "ticked", "label": "印", "kind": "flag", "shown": "○", "width": 4.5},
                    {"key": "list", "label": "内訳", "kind": "list", "align": "right", "mark": "band"},
                ]
            ),
            "rows": st.lists(_row, max_size=3),
        }
    ),
    max_size=2,
    unique_by=lambda table: table["name"],
)
_posts = st.lists(texts, max_size=2, unique_by=key)
_rooms = st.lists(lines.filter(key), min_size=1, max_size=2, unique_by=key)
_slots = st.sampled_from([["9:30～10:10"], ["９：００－９：４０", "09:40~10:20", "13:00〜13:40"]])
_hearings = st.lists(
    st.fixed_dictionaries({"day": st.dates(date(2029, 4, 1), date(2032, 3, 31)), "rooms": _rooms, "slots": _slots}),
    max_size=2,
    unique_by=lambda entry: entry["day"],
)


@st.composite
def _cycles(draw: st.DrawFn) -> dict[str, Any]:
    issued = draw(st.dates(date(2029, 4, 1), date(2032, 3, 31)))
    spans = st.sampled_from(["2030-05-07", "2030-07", "2030-10/2031-01", "2030-04-01/2030-04-30"])
    return {
        "year": draw(st.sampled_from(_YEARS)),
        "issued": issued,
        "closes": issued + timedelta(days=draw(st.integers(0, 90))),
        "milestones": draw(st.lists(st.fixed_dictionaries({"date": spans, "what": texts}), max_size=3)),
    }


@st.composite
def _goals(draw: st.DrawFn) -> list[dict[str, Any]]:
    codes = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True))
    found = draw(st.lists(lines, min_size=3 * len(codes), max_size=3 * len(codes), unique_by=key))
    return [
        {"code": code, "name": found[3 * i], "list_name": found[3 * i + 1], "aliases": [found[3 * i + 2]][: i % 2]}
        for i, code in enumerate(codes)
    ]


@st.composite
def _departments(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    found = draw(st.lists(names, min_size=4, max_size=9, unique_by=(key, file_stem)))
    own, all_of_them, some, *aliases = found
    codes = [f"{place:02d}" for place in range(1, len(found))]
    departments: list[dict[str, Any]] = [
        {"code": codes[0], "name": own, "aliases": aliases[1:]},
        {"code": codes[1], "name": aliases[0]},
    ]
    expansions: list[dict[str, Any]] = [
        {"name": all_of_them, "all": True, "lead": draw(st.sampled_from(["", own]))},
        {"name": some, "members": [aliases[0], own], "lead": draw(st.sampled_from(["", own]))},
    ]
    return departments, expansions[: draw(st.integers(0, 2))]


@st.composite
def _former(draw: st.DrawFn, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return departments that are no more, under names that nobody else has."""
    known = [entry["name"] for entry in data["departments"]]
    others = [one for part in ("departments", "expansions", "forms") for one in data[part]]
    taken = {key(name) for one in others for name in (one["name"], *one.get("aliases", ()))}
    found = draw(st.lists(names.filter(lambda name: key(name) not in taken), max_size=3, unique_by=key))
    heirs = st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)
    return [{"code": f"Z{place}", "name": name, "successors": draw(heirs)} for place, name in enumerate(found)]


@st.composite
def _named(draw: st.DrawFn, one: st.SearchStrategy[str]) -> list[dict[str, Any]]:
    found = draw(st.lists(one, max_size=6, unique_by=key))
    return [{"name": found[place], "aliases": found[place + 1 : place + 3]} for place in range(0, len(found), 3)]


@st.composite
def _choices(draw: st.DrawFn) -> list[dict[str, Any]]:
    lists = draw(st.lists(keys, max_size=3, unique=True))
    values = st.lists(texts, min_size=1, max_size=4, unique_by=key)
    return [{"name": name, "values": draw(values)} for name in lists]


@st.composite
def _fields(draw: st.DrawFn, choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return fields of another sheet, whose labels a counter keeps apart."""
    types = ["text", "multiline", "integer", "decimal", "date", *(["select_one"] if choices else [])]
    return [draw(_field(place, types, choices)) for place in range(draw(st.integers(0, 4)))]


@st.composite
def _field(draw: st.DrawFn, place: int, types: list[str], choices: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(types))
    within = year_limits if kind == "date" else limits
    low, high = draw(within), draw(within)
    return {
        "name": f"{draw(st.sampled_from(string.ascii_lowercase))}_{place}",
        "label": f"{_template(draw(texts))}㋐{place}㋑",
        "register_label": _template(draw(optional_texts)),
        "type": kind,
        "group": "work",
        "sheets": ["voice", "idea"][: draw(st.integers(1, 2))],
        "required": draw(st.booleans()),
        "readonly": draw(st.booleans()),
        "internal": draw(st.booleans()),
        "nature": draw(st.sampled_from(["plan", "office", "year"])),
        "optional_phases": draw(st.lists(st.sampled_from(["focus", "verification"]), unique=True)),
        "choices": draw(st.sampled_from(choices))["name"] if kind == "select_one" else "",
        "max_length": draw(st.sampled_from([0, 1, 32767])),
        "minimum": low,
        "maximum": high if low is None or high is None or low <= high else None,
        "lines": draw(st.integers(1, 20)),
        "unit": draw(optional_texts),
        "hint": draw(hints),
        "verification_hint": draw(hints),
    }
