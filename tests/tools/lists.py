"""Lists in Markdown that are made from data: the form's fields (欄) and all findings (指摘)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kohyo.definition.fields import FormField, form_fields, year_words
from kohyo.definition.sheet_spec import vocabulary
from kohyo.messages import all_codes, explain, section, wording
from kohyo.model.plan import Plan
from kohyo.papers.paper import schema, templates

_MADE = "<!-- python -m tests.tools.make_workbooks が作ります。手で直さないでください。 -->"


def field_list(plan: Plan) -> str:
    """Return every field of every sheet of the form, as the definition has them."""
    types = vocabulary("type")
    words = year_words(plan.cycle.year)
    parts = [
        f"# {plan.plan.survey_form_name}の欄\n\n{_MADE}\n\n{plan.plan.name}（{words['cycle']}）の定義によります。\n"
    ]
    for kind in plan.sheets:
        rows = [_field_row(field, types) for field in form_fields(plan, kind.key)]
        parts.append(f"## {kind.title.format(**words)}\n\n{_table(('欄', '種類', '必須', '決まり', '書き方'), rows)}")
    return "\n".join(parts)


def _field_row(field: FormField, types: dict[str, str]) -> tuple[str, ...]:
    rules = [
        *([f"{field.max_length}字まで"] if field.max_length else []),
        *([f"単位 {field.unit}"] if field.unit else []),
        *(["変えられません"] if field.readonly else []),
        *(["／".join(field.choices)] if field.choices and field.type != "goal" else []),
    ]
    return field.label, types[field.type], "＊" if field.required else "", "、".join(rules), field.hint


def template_field_list() -> str:
    """Return the fields that each template of the papers may use."""
    how = "「一覧」は、表の行を {%tr for 行 in 一覧 %} と {%tr endfor %} で挟むと、中の欄を {{ 行.名前 }} で使えます。"
    parts = [f"# 様式の欄\n\n{_MADE}\n\n文書の様式（Word）で {{{{ 名前 }}}} と書くと、置きかわる言葉です。\n{how}\n"]
    for one in templates():
        rows = [(name, "、".join(rows) if rows else "") for name, rows in schema(one).items()]
        parts.append(f"## {wording(f'papers.templates.{one}')}\n\n{_table(('名前', '行の中の欄'), rows)}")
    return "\n".join(parts)


def finding_list() -> str:
    """Return every finding: what it is, why it is told and how to mend it."""
    weights = section("finding")["severity"]
    rows = [
        (code, weights[one.severity.value], one.title, one.why, one.mend)
        for code, one in ((code, explain(code)) for code in all_codes())
    ]
    return f"# 指摘の一覧\n\n{_MADE}\n\n{_table(('番号', '重さ', '見出し', 'どういうことか', '直し方'), rows)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
