"""The people of a plan definition (計画定義の部と組織): departments, bodies, seats."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from kohyo.model.part import Part, Text


class Department(Part):
    """A department (所管部). Departments stand in the order of the organisation (機構順)."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
    name: Text
    aliases: tuple[str, ...] = ()


class FormerDepartment(Part):
    """A department that is no more (旧の部): renamed (one successor), merged (others share it) or split (several).

    The first successor answers for what cannot be shared: forms that went out, files that came back.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
    name: Text
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...]


class Expansion(Part):
    """A collective name (各部, 総合支所): its members (or all departments) and the one that leads."""

    name: Text
    members: tuple[str, ...] = ()
    all: bool = False
    lead: str = ""


class Affiliate(Part):
    """An affiliated body (外郭団体), named in parentheses at the end of an overview."""

    name: Text
    aliases: tuple[str, ...] = ()


class Seat(Part):
    """A seat of a body that the plan reports to (推進本部, 推進会議): the post that takes it, in the printed order."""

    body: Text
    post: Text
    role: str = ""
