"""The definition as sheets (計画定義.xlsx): which sheet holds which part, one column per value, after XLSForm.

Tabs, headings and explanations lie in ``data/wording/definition.toml`` under the keys and names used here.
A test keeps this list equal to the model: a value that is added there must find its column here.
"""

from __future__ import annotations

from kohyo.definition.sheet_spec import ColumnSpec, SheetSpec
from kohyo.model.numbering import DEFAULT_PATTERN

TABLES, TABLE_COLUMNS, TABLE_CHECKS = "tables", "table_columns", "table_checks"
"""The sheets that say which tables of data there are; the rows of each have a sheet of their own (``data_sheets``)."""

_HEADING = ("plan",)
_CYCLE = ("cycle",)

SHEETS: tuple[SheetSpec, ...] = (
    SheetSpec(
        "plan",
        (),
        (
            ColumnSpec("code", required=True, part=_HEADING),
            ColumnSpec("name", required=True, part=_HEADING),
            ColumnSpec("organisation", required=True, part=_HEADING),
            ColumnSpec("area_code", "area", part=_HEADING, later=True),
            ColumnSpec("secretariat", required=True, part=_HEADING),
            ColumnSpec("contact", required=True, part=_HEADING),
            ColumnSpec("version", required=True, part=_HEADING),
            ColumnSpec("version_note", part=_HEADING),
            ColumnSpec("form_version", required=True, part=_HEADING),
            ColumnSpec("font", required=True, part=_HEADING),
            ColumnSpec("survey_form_name", required=True, part=_HEADING),
            ColumnSpec("numbering", part=_HEADING, blank=DEFAULT_PATTERN, later=True),
            ColumnSpec("year", "year", required=True, part=_CYCLE),
            ColumnSpec("issued", "date", required=True, part=_CYCLE),
            ColumnSpec("closes", "date", required=True, part=_CYCLE),
        ),
        single=True,
    ),
    SheetSpec(
        "years",
        ("years",),
        (ColumnSpec("year", "year", required=True), ColumnSpec("phase", "word", required=True, words="phase")),
        later=True,
    ),
    SheetSpec(
        "milestones",
        ("cycle", "milestones"),
        (
            ColumnSpec("date", "when", required=True),
            ColumnSpec("what", required=True),
            ColumnSpec("phase", "word", words="phase", later=True),
        ),
        later=True,
    ),
    SheetSpec(
        "surveys",
        ("surveys",),
        (
            ColumnSpec("key", "name", required=True),
            ColumnSpec("name", required=True),
            ColumnSpec("issued", "date", required=True),
            ColumnSpec("closes", "date", required=True),
            ColumnSpec("phase", "word", words="phase"),
            ColumnSpec("sheets", "names"),
            ColumnSpec("asks", "names"),
            ColumnSpec("shows", "names"),
        ),
        later=True,
    ),
    SheetSpec(
        "goals",
        ("goals",),
        (
            ColumnSpec("code", "integer", required=True),
            ColumnSpec("name", required=True),
            ColumnSpec("list_name", required=True),
            ColumnSpec("aliases", "list"),
        ),
        later=True,
    ),
    SheetSpec(
        "perspectives",
        ("perspectives",),
        (
            ColumnSpec("key", "name", required=True),
            ColumnSpec("name", required=True),
            ColumnSpec("label", required=True),
            ColumnSpec("list_label", required=True),
        ),
        later=True,
    ),
    SheetSpec(
        "departments",
        ("departments",),
        (
            ColumnSpec("code", "code", required=True),
            ColumnSpec("name", required=True),
            ColumnSpec("aliases", "list"),
        ),
    ),
    SheetSpec(
        "former",
        ("former",),
        (
            ColumnSpec("code", "code", required=True),
            ColumnSpec("name", required=True),
            ColumnSpec("aliases", "list"),
            ColumnSpec("successors", "list", required=True),
        ),
        later=True,
    ),
    SheetSpec(
        "expansions",
        ("expansions",),
        (
            ColumnSpec("name", required=True),
            ColumnSpec("members", "list"),
            ColumnSpec("all", "flag"),
            ColumnSpec("lead", source=("departments", "name")),
        ),
        later=True,
    ),
    SheetSpec(
        "affiliates", ("affiliates",), (ColumnSpec("name", required=True), ColumnSpec("aliases", "list")), later=True
    ),
    SheetSpec(
        "matrix",
        ("matrix",),
        (
            ColumnSpec("separator", required=True),
            ColumnSpec("suffix"),
            ColumnSpec("cross_listed", required=True),
            ColumnSpec("open", required=True),
            ColumnSpec("close", required=True),
        ),
        single=True,
        later=True,
    ),
    SheetSpec(
        "choices",
        ("choices",),
        (
            ColumnSpec("list_name", "name", required=True),
            ColumnSpec("value", required=True),
            ColumnSpec("former", "list", later=True),
        ),
        later=True,
    ),
    SheetSpec(
        "forms",
        ("forms",),
        (
            ColumnSpec("key", "name", required=True),
            ColumnSpec("code", "code", required=True),
            ColumnSpec("name", required=True),
            ColumnSpec("closes", "date", required=True),
            ColumnSpec("purpose", later=True),
            ColumnSpec("background", later=True),
        ),
        later=True,
    ),
    SheetSpec(
        "seats",
        ("seats",),
        (ColumnSpec("body", required=True), ColumnSpec("post", required=True), ColumnSpec("role")),
        later=True,
    ),
    SheetSpec(
        "hearings",
        ("hearings",),
        (
            ColumnSpec("day", "date", required=True),
            ColumnSpec("rooms", "list", required=True),
            ColumnSpec("slots", "list", required=True),
        ),
        later=True,
    ),
    SheetSpec(
        "sheets",
        ("sheets",),
        (
            ColumnSpec("key", "name", required=True),
            ColumnSpec("per", "word", required=True, words="per"),
            ColumnSpec("title", required=True),
            ColumnSpec("tab", required=True),
            ColumnSpec("guide", required=True),
            ColumnSpec("copies", "integer"),
            ColumnSpec("form", "name", source=("forms", "key")),
        ),
    ),
    SheetSpec("groups", ("groups",), (ColumnSpec("key", "name", required=True), ColumnSpec("label", required=True))),
    SheetSpec(
        "fields",
        ("fields",),
        (
            ColumnSpec("name", "name", required=True),
            ColumnSpec("label", required=True),
            ColumnSpec("type", "word", required=True, words="type"),
            ColumnSpec("group", "name", required=True, source=("groups", "key")),
            ColumnSpec("sheets", "names", required=True),
            ColumnSpec("repeat", "word", words="repeat"),
            ColumnSpec("register_label"),
            ColumnSpec("aliases", "list", later=True),
            ColumnSpec("required", "flag"),
            ColumnSpec("optional_phases", "words", words="phase"),
            ColumnSpec("nature", "word", words="nature", blank="plan"),
            ColumnSpec("scope", "word", words="scope", later=True),
            ColumnSpec("once", "flag", later=True),
            ColumnSpec("readonly", "flag"),
            ColumnSpec("internal", "flag"),
            ColumnSpec("choices", "name", source=("choices", "list_name")),
            ColumnSpec("max_length", "integer", blank=0),
            ColumnSpec("max_entries", "integer", blank=0, later=True),
            ColumnSpec("minimum", "decimal"),
            ColumnSpec("maximum", "decimal"),
            ColumnSpec("lines", "integer"),
            ColumnSpec("unit"),
            ColumnSpec("hint"),
            ColumnSpec("verification_hint"),
            ColumnSpec("surveys", "names", later=True),
        ),
    ),
    SheetSpec(
        TABLES,
        (TABLES,),
        (
            ColumnSpec("name", required=True),
            ColumnSpec("title", required=True),
            ColumnSpec("book", later=True),
            ColumnSpec("subtitle"),
            ColumnSpec("unit"),
            ColumnSpec("cross_listed"),
            ColumnSpec("landscape", "flag"),
            ColumnSpec("notes", "list"),
        ),
        later=True,
    ),
    SheetSpec(
        TABLE_COLUMNS,
        (TABLES,),
        (
            ColumnSpec("table", required=True, source=(TABLES, "name")),
            ColumnSpec("key", "name", required=True),
            ColumnSpec("label"),
            ColumnSpec("width", "decimal", blank=20),
            ColumnSpec("kind", "word", words="value_kind", blank="text"),
            ColumnSpec("align", "word", words="align", blank="left"),
            ColumnSpec("mark", "word", words="mark"),
            ColumnSpec("merge", "flag"),
            ColumnSpec("under"),
            ColumnSpec("shown", blank="{value}"),
            ColumnSpec("bullet"),
            ColumnSpec("again", "name"),
        ),
        later=True,
    ),
    SheetSpec(
        TABLE_CHECKS,
        (TABLES,),
        (
            ColumnSpec("table", required=True, source=(TABLES, "name")),
            ColumnSpec("rule", "word", required=True, words="rule"),
            ColumnSpec("target", required=True),
            ColumnSpec("parts", "list", required=True),
        ),
        later=True,
    ),
    SheetSpec("books", ("books",), (ColumnSpec("name", required=True),), later=True),
)


def sheet_spec(key: str) -> SheetSpec:
    """Return the sheet with this key; raise KeyError when there is none."""
    for spec in SHEETS:
        if spec.key == key:
            return spec
    raise KeyError(key)
