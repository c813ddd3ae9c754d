"""A form that went out before the definition's form changed.

1. Fields that the form never had are not asked of the department; one finding tells the secretariat.
2. A field that the form had and that is gone is a finding as ever.
3. A form of the same version is judged as it stands.
"""

from __future__ import annotations

from dataclasses import replace

from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.returns.older_form import allow_for_version
from tests.returns.builders import FILE, form_issue, sheet_issue

HAD = Finding(Code.K252, Place(FILE, "1-1"), "取組内容")
NEW = Finding(Code.K252, Place(FILE, "1-1"), "連絡先")
OTHER = Finding(Code.K256, Place(FILE, "1-1", "B9"), value="連絡先")


def allowed(plan: Plan, version: str) -> list[tuple[str, str]]:
    """Return what is said of a form that had 取組内容 and not 連絡先."""
    issue = replace(form_issue(plan, sheet_issue(plan, measures=None)), form_version=version)
    found = allow_for_version([HAD, NEW, OTHER], issue, plan, FILE)
    return [(one.code, one.context.get("fields", one.field)) for one in found]


def test_what_an_older_form_could_not_ask_is_told_once(plan: Plan) -> None:
    """K161 names the version, K162 the new field; the field that is gone stays K252 (requirements 1, 2)."""
    assert allowed(plan, "0") == [("K161", ""), ("K162", "連絡先"), ("K252", "取組内容"), ("K256", "")]


def test_a_form_of_this_version_has_no_excuse(plan: Plan) -> None:
    """Nothing is taken away or added (requirement 3)."""
    assert allowed(plan, plan.plan.form_version) == [("K252", "取組内容"), ("K252", "連絡先"), ("K256", "")]


def test_an_older_form_that_asked_everything_is_only_named(plan: Plan) -> None:
    """Without a missing field there is K161 alone (requirement 1)."""
    issue = replace(form_issue(plan, sheet_issue(plan)), form_version="0")
    assert [one.code for one in allow_for_version([OTHER], issue, plan, FILE)] == ["K161", "K256"]
