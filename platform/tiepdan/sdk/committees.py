"""Words of the platform that plugins meet everywhere: levels, branches, kinds, the committee asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """Level of a tenant (cấp). Which levels exist at a date is data of the regime."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Branch(StrEnum):
    """Branch of a body: superiors stay inside one branch."""

    PARTY = "party"
    STATE = "state"
    JUDICIAL = "judicial"


class TenantKind(StrEnum):
    """Kind of body a tenant is."""

    PARTY_COMMITTEE = "party_committee"
    PEOPLES_COMMITTEE = "peoples_committee"
    AGENCY = "agency"
    JUDICIAL_BODY = "judicial_body"


class PetitionKind(StrEnum):
    """The four kinds of petition: khiếu nại, tố cáo, kiến nghị, phản ánh."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    PROPOSAL = "proposal"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a plugin says of itself; its module holds one, called `PLUGIN`.

    name: as its entry point is called; small letters, digits and dashes.
    title, summary: for people who decide whether to enable it; keys "vi" and "en", both needed.
    api: range of SDK versions it supports, such as ">=1.0,<2".
    level: the level whose committees it is made for; None for every level.
    priority: order among plugins of its level, the lowest first.
    settings: JSON Schema (draft 2020-12) of an object; with "default" in it, nothing need be set.
    """

    name: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    api: str
    level: Level | None = None
    priority: int = 100
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tenant:
    """The committee a plugin is asked for. unit_code: of the official catalogue, such as "06190"."""

    slug: str
    name: str
    kind: TenantKind
    branch: Branch
    level: Level
    unit_code: str
