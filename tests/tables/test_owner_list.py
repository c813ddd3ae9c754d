"""Who owns what, for machines (項目と所管部).

O1  a row for every item and every department that owns it, with the department's code; exactly one of them leads
O2  it counts as the tables by department do: 延べ
O3  what names nobody is told as written, and leads nothing
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kohyo.definition.departments import owners
from kohyo.model.plan import Plan
from kohyo.tables.for_machines import for_machines
from kohyo.tables.owner_list import owner_list
from tests.tables import real_plan
from tests.tables.small_plan import item


def test_every_owner_with_its_code(plan: Plan) -> None:
    """O1, O2: The plan's 93 items, of which some are everybody's."""
    items = real_plan.items(plan)
    records = for_machines(plan, owner_list(plan, items)).records
    codes = {entry.name: entry.code for entry in plan.departments}
    assert [record["department_code"] for record in records] == [codes[str(record["department"])] for record in records]
    assert len(records) == sum(len(owners(plan, entry.owners).members) for entry in items)
    leads = Counter(record["number"] for record in records if record["leads"] == "○")
    assert set(leads.values()) == {1}
    assert len(leads) == len(items)


def test_nobody(plan: Plan) -> None:
    """O3: A name that the definition does not know."""
    made = item(plan, "1-1", "?" * len(plan.perspectives), owners="総務部")
    (record,) = for_machines(
        plan, owner_list(plan, [replace(made, values={**made.values, "owners": "無い部"})])
    ).records
    assert (record["department"], record["department_code"], record["leads"]) == ("無い部", None, "－")
