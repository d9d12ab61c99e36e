"""Everything a plugin may import: markers and frozen values. It imports nothing of ours."""

from enum import StrEnum

import pluggy

API_VERSION = "1.0"

hookspec = pluggy.HookspecMarker("tiepdan")
hookimpl = pluggy.HookimplMarker("tiepdan")


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
