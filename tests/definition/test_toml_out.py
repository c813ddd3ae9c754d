"""The definition as TOML.

1. Nothing is lost: a plan is read back equal from its TOML, whatever its texts.
2. It reads well in a diff: one value a line, long lists broken, what goes without saying left out.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from kohyo.definition.load import load_toml, plan_from_toml
from kohyo.definition.toml_out import to_toml
from kohyo.model.plan import Plan
from tests.definition.plans import MADEUP, plans


@given(plans())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_is_read_back_from_its_toml(generated: Plan) -> None:
    """Quotes, line breaks, digits and backslashes survive (1)."""
    assert plan_from_toml(to_toml(generated), "generated") == generated


def test_the_shipped_plans_are_read_back(plan: Plan) -> None:
    """Real plans survive, and writing them again gives the same text (1)."""
    for original in (plan, load_toml(MADEUP)):
        text = to_toml(original)
        assert plan_from_toml(text, "again") == original
        assert to_toml(plan_from_toml(text, "again")) == text


def test_a_part_reads_as_people_would_write_it() -> None:
    """A comment names the part, a table holds one entry, defaults are not said (2)."""
    text = to_toml(load_toml(MADEUP))
    assert '# まとめ名\n\n[[expansions]]\nname = "全局"\nall = true\nlead = "企画財政局"\n' in text
    assert '[[fields]]\nname = "heard_on"\nlabel = "聞いた日"\ntype = "date"\n' in text
    assert "readonly = false" not in text


def test_long_lists_are_broken(plan: Plan) -> None:
    """A list that would run over the page stands one value a line (2)."""
    text = to_toml(plan)
    assert 'members = [\n    "世田谷総合支所",\n' in text or 'values = [\n    "① 大量定型事務",\n' in text
    assert max(len(line) for line in text.splitlines()) < 160
