"""Raising a finding (指摘): each code with the context that its message mentions.

Generated from ``data/wording/findings`` by ``tests.tools.make_codes``; change the wordings and run it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, overload

from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place

_NOWHERE = Place()

Plain: TypeAlias = Literal[
    Code.K101,
    Code.K102,
    Code.K103,
    Code.K104,
    Code.K105,
    Code.K106,
    Code.K110,
    Code.K111,
    Code.K112,
    Code.K113,
    Code.K114,
    Code.K115,
    Code.K120,
    Code.K121,
    Code.K122,
    Code.K123,
    Code.K124,
    Code.K130,
    Code.K131,
    Code.K132,
    Code.K133,
    Code.K134,
    Code.K135,
    Code.K136,
    Code.K137,
    Code.K138,
    Code.K139,
    Code.K140,
    Code.K141,
    Code.K142,
    Code.K143,
    Code.K144,
    Code.K145,
    Code.K146,
    Code.K147,
    Code.K148,
    Code.K149,
    Code.K150,
    Code.K152,
    Code.K154,
    Code.K155,
    Code.K156,
    Code.K161,
    Code.K163,
    Code.K165,
    Code.K170,
    Code.K201,
    Code.K204,
    Code.K205,
    Code.K206,
    Code.K208,
    Code.K209,
    Code.K210,
    Code.K213,
    Code.K216,
    Code.K217,
    Code.K219,
    Code.K220,
    Code.K252,
    Code.K255,
    Code.K256,
    Code.K257,
    Code.K258,
    Code.K259,
    Code.K260,
    Code.K261,
    Code.K262,
    Code.K263,
    Code.K265,
    Code.K266,
    Code.K271,
    Code.K272,
    Code.K278,
    Code.K279,
    Code.K303,
    Code.K309,
    Code.K321,
    Code.K322,
    Code.K323,
    Code.K324,
    Code.K325,
    Code.K326,
    Code.K327,
    Code.K328,
    Code.K329,
    Code.K330,
    Code.K331,
    Code.K332,
    Code.K334,
    Code.K405,
    Code.K407,
    Code.K408,
    Code.K409,
    Code.K410,
    Code.K411,
    Code.K446,
    Code.K447,
    Code.K450,
    Code.K451,
    Code.K452,
    Code.K453,
    Code.K454,
    Code.K455,
    Code.K456,
    Code.K457,
    Code.K458,
    Code.K459,
    Code.K460,
    Code.K461,
    Code.K462,
    Code.K463,
    Code.K501,
    Code.K502,
    Code.K504,
    Code.K505,
    Code.K506,
    Code.K507,
    Code.K508,
    Code.K509,
    Code.K512,
    Code.K515,
    Code.K516,
    Code.K519,
    Code.K520,
    Code.K521,
    Code.K522,
    Code.K523,
    Code.K525,
    Code.K531,
    Code.K533,
    Code.K534,
    Code.K535,
    Code.K538,
    Code.K541,
    Code.K542,
    Code.K546,
    Code.K550,
    Code.K553,
    Code.K554,
]
WithAnswersCountLaterOwn: TypeAlias = Literal[Code.K157]
WithBegan: TypeAlias = Literal[Code.K464]
WithCells: TypeAlias = Literal[Code.K251, Code.K253, Code.K254, Code.K264]
WithCellsCount: TypeAlias = Literal[Code.K320]
WithCellsRest: TypeAlias = Literal[Code.K267]
WithChoices: TypeAlias = Literal[Code.K203, Code.K524]
WithClosesReceived: TypeAlias = Literal[Code.K188]
WithComment: TypeAlias = Literal[Code.K211]
WithCount: TypeAlias = Literal[Code.K314]
WithCountLimit: TypeAlias = Literal[Code.K218]
WithDay: TypeAlias = Literal[Code.K543]
WithDepartmentGroupNumberTitle: TypeAlias = Literal[Code.K401, Code.K402, Code.K403, Code.K404]
WithDone: TypeAlias = Literal[Code.K510, Code.K511, Code.K518, Code.K526]
WithEarlierFoundLaterRow: TypeAlias = Literal[Code.K422]
WithExample: TypeAlias = Literal[Code.K302, Code.K308, Code.K315]
WithExpected: TypeAlias = Literal[Code.K153, Code.K547]
WithFields: TypeAlias = Literal[Code.K162]
WithFiles: TypeAlias = Literal[Code.K159]
WithFirst: TypeAlias = Literal[Code.K304]
WithFoundLinesRow: TypeAlias = Literal[Code.K421]
WithFoundRow: TypeAlias = Literal[Code.K420]
WithGoalName: TypeAlias = Literal[Code.K439]
WithGoalNumber: TypeAlias = Literal[Code.K537]
WithHighLow: TypeAlias = Literal[Code.K214]
WithIdTitle: TypeAlias = Literal[Code.K436]
WithKnown: TypeAlias = Literal[Code.K212]
WithLabel: TypeAlias = Literal[Code.K313]
WithLabels: TypeAlias = Literal[Code.K301, Code.K316]
WithLaterOwn: TypeAlias = Literal[Code.K158]
WithLengthLimit: TypeAlias = Literal[Code.K202]
WithNames: TypeAlias = Literal[Code.K430]
WithNew: TypeAlias = Literal[Code.K532]
WithNumber: TypeAlias = Literal[
    Code.K305, Code.K306, Code.K307, Code.K312, Code.K443, Code.K444, Code.K536, Code.K544, Code.K548, Code.K549
]
WithNumberOwnTitle: TypeAlias = Literal[Code.K438]
WithNumberTitle: TypeAlias = Literal[Code.K432, Code.K433, Code.K434, Code.K437, Code.K442]
WithOther: TypeAlias = Literal[Code.K333]
WithOtherWhere: TypeAlias = Literal[Code.K441]
WithPlan: TypeAlias = Literal[Code.K151]
WithProposed: TypeAlias = Literal[Code.K552]
WithRead: TypeAlias = Literal[Code.K207, Code.K276, Code.K277, Code.K280, Code.K440]
WithReason: TypeAlias = Literal[Code.K160]
WithRows: TypeAlias = Literal[Code.K527, Code.K528, Code.K529, Code.K530, Code.K545]
WithShown: TypeAlias = Literal[Code.K270, Code.K273, Code.K274, Code.K275]
WithTable: TypeAlias = Literal[Code.K317, Code.K318, Code.K319]
WithText: TypeAlias = Literal[Code.K431]
WithTitle: TypeAlias = Literal[Code.K311, Code.K448]
WithTitleVersion: TypeAlias = Literal[Code.K449]
WithToday: TypeAlias = Literal[Code.K551]
WithUnknown: TypeAlias = Literal[Code.K310]


@overload
def finding_of(code: Plain, place: Place = ..., field: str = ..., value: str = ...) -> Finding: ...


@overload
def finding_of(
    code: WithAnswersCountLaterOwn,
    place: Place = ...,
    field: str = ...,
    value: str = ...,
    *,
    answers: str,
    count: str,
    later: str,
    own: str,
) -> Finding: ...


@overload
def finding_of(code: WithBegan, place: Place = ..., field: str = ..., value: str = ..., *, began: str) -> Finding: ...


@overload
def finding_of(code: WithCells, place: Place = ..., field: str = ..., value: str = ..., *, cells: str) -> Finding: ...


@overload
def finding_of(
    code: WithCellsCount, place: Place = ..., field: str = ..., value: str = ..., *, cells: str, count: str
) -> Finding: ...


@overload
def finding_of(
    code: WithCellsRest, place: Place = ..., field: str = ..., value: str = ..., *, cells: str, rest: str
) -> Finding: ...


@overload
def finding_of(
    code: WithChoices, place: Place = ..., field: str = ..., value: str = ..., *, choices: str
) -> Finding: ...


@overload
def finding_of(
    code: WithClosesReceived, place: Place = ..., field: str = ..., value: str = ..., *, closes: str, received: str
) -> Finding: ...


@overload
def finding_of(
    code: WithComment, place: Place = ..., field: str = ..., value: str = ..., *, comment: str
) -> Finding: ...


@overload
def finding_of(code: WithCount, place: Place = ..., field: str = ..., value: str = ..., *, count: str) -> Finding: ...


@overload
def finding_of(
    code: WithCountLimit, place: Place = ..., field: str = ..., value: str = ..., *, count: str, limit: str
) -> Finding: ...


@overload
def finding_of(code: WithDay, place: Place = ..., field: str = ..., value: str = ..., *, day: str) -> Finding: ...


@overload
def finding_of(
    code: WithDepartmentGroupNumberTitle,
    place: Place = ...,
    field: str = ...,
    value: str = ...,
    *,
    department: str,
    group: str,
    number: str,
    title: str,
) -> Finding: ...


@overload
def finding_of(code: WithDone, place: Place = ..., field: str = ..., value: str = ..., *, done: str) -> Finding: ...


@overload
def finding_of(
    code: WithEarlierFoundLaterRow,
    place: Place = ...,
    field: str = ...,
    value: str = ...,
    *,
    earlier: str,
    found: str,
    later: str,
    row: str,
) -> Finding: ...


@overload
def finding_of(
    code: WithExample, place: Place = ..., field: str = ..., value: str = ..., *, example: str
) -> Finding: ...


@overload
def finding_of(
    code: WithExpected, place: Place = ..., field: str = ..., value: str = ..., *, expected: str
) -> Finding: ...


@overload
def finding_of(code: WithFields, place: Place = ..., field: str = ..., value: str = ..., *, fields: str) -> Finding: ...


@overload
def finding_of(code: WithFiles, place: Place = ..., field: str = ..., value: str = ..., *, files: str) -> Finding: ...


@overload
def finding_of(code: WithFirst, place: Place = ..., field: str = ..., value: str = ..., *, first: str) -> Finding: ...


@overload
def finding_of(
    code: WithFoundLinesRow, place: Place = ..., field: str = ..., value: str = ..., *, found: str, lines: str, row: str
) -> Finding: ...


@overload
def finding_of(
    code: WithFoundRow, place: Place = ..., field: str = ..., value: str = ..., *, found: str, row: str
) -> Finding: ...


@overload
def finding_of(
    code: WithGoalName, place: Place = ..., field: str = ..., value: str = ..., *, goal: str, name: str
) -> Finding: ...


@overload
def finding_of(
    code: WithGoalNumber, place: Place = ..., field: str = ..., value: str = ..., *, goal: str, number: str
) -> Finding: ...


@overload
def finding_of(
    code: WithHighLow, place: Place = ..., field: str = ..., value: str = ..., *, high: str, low: str
) -> Finding: ...


@overload
def finding_of(
    code: WithIdTitle, place: Place = ..., field: str = ..., value: str = ..., *, id: str, title: str
) -> Finding: ...


@overload
def finding_of(code: WithKnown, place: Place = ..., field: str = ..., value: str = ..., *, known: str) -> Finding: ...


@overload
def finding_of(code: WithLabel, place: Place = ..., field: str = ..., value: str = ..., *, label: str) -> Finding: ...


@overload
def finding_of(code: WithLabels, place: Place = ..., field: str = ..., value: str = ..., *, labels: str) -> Finding: ...


@overload
def finding_of(
    code: WithLaterOwn, place: Place = ..., field: str = ..., value: str = ..., *, later: str, own: str
) -> Finding: ...


@overload
def finding_of(
    code: WithLengthLimit, place: Place = ..., field: str = ..., value: str = ..., *, length: str, limit: str
) -> Finding: ...


@overload
def finding_of(code: WithNames, place: Place = ..., field: str = ..., value: str = ..., *, names: str) -> Finding: ...


@overload
def finding_of(code: WithNew, place: Place = ..., field: str = ..., value: str = ..., *, new: str) -> Finding: ...


@overload
def finding_of(code: WithNumber, place: Place = ..., field: str = ..., value: str = ..., *, number: str) -> Finding: ...


@overload
def finding_of(
    code: WithNumberOwnTitle,
    place: Place = ...,
    field: str = ...,
    value: str = ...,
    *,
    number: str,
    own: str,
    title: str,
) -> Finding: ...


@overload
def finding_of(
    code: WithNumberTitle, place: Place = ..., field: str = ..., value: str = ..., *, number: str, title: str
) -> Finding: ...


@overload
def finding_of(code: WithOther, place: Place = ..., field: str = ..., value: str = ..., *, other: str) -> Finding: ...


@overload
def finding_of(
    code: WithOtherWhere, place: Place = ..., field: str = ..., value: str = ..., *, other: str, where: str
) -> Finding: ...


@overload
def finding_of(code: WithPlan, place: Place = ..., field: str = ..., value: str = ..., *, plan: str) -> Finding: ...


@overload
def finding_of(
    code: WithProposed, place: Place = ..., field: str = ..., value: str = ..., *, proposed: str
) -> Finding: ...


@overload
def finding_of(code: WithRead, place: Place = ..., field: str = ..., value: str = ..., *, read: str) -> Finding: ...


@overload
def finding_of(code: WithReason, place: Place = ..., field: str = ..., value: str = ..., *, reason: str) -> Finding: ...


@overload
def finding_of(code: WithRows, place: Place = ..., field: str = ..., value: str = ..., *, rows: str) -> Finding: ...


@overload
def finding_of(code: WithShown, place: Place = ..., field: str = ..., value: str = ..., *, shown: str) -> Finding: ...


@overload
def finding_of(code: WithTable, place: Place = ..., field: str = ..., value: str = ..., *, table: str) -> Finding: ...


@overload
def finding_of(code: WithText, place: Place = ..., field: str = ..., value: str = ..., *, text: str) -> Finding: ...


@overload
def finding_of(code: WithTitle, place: Place = ..., field: str = ..., value: str = ..., *, title: str) -> Finding: ...


@overload
def finding_of(
    code: WithTitleVersion, place: Place = ..., field: str = ..., value: str = ..., *, title: str, version: str
) -> Finding: ...


@overload
def finding_of(code: WithToday, place: Place = ..., field: str = ..., value: str = ..., *, today: str) -> Finding: ...


@overload
def finding_of(
    code: WithUnknown, place: Place = ..., field: str = ..., value: str = ..., *, unknown: str
) -> Finding: ...


def finding_of(code: Code, place: Place = _NOWHERE, field: str = "", value: str = "", **context: str) -> Finding:
    """Return a finding; mypy knows for each code which ``context`` its message mentions."""
    return Finding(code, place, field, value, context)
