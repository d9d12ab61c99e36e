"""What superiors see of a case of ours at present, and by whose order."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.models import SharedState
from tiepdan.sharing.profiles import UNKNOWN_KIND, choose_profile
from tiepdan.tenancy.service import own_tenant


@dataclass(frozen=True, slots=True)
class StandingAbove:
    """How a case stands above. listed: as a row without names and contents; counted: in the number of its month.

    source: the document that orders it; plugin: whose rule it is, "" for the platform's own profile.
    """

    listed: bool
    counted: bool
    source: str
    plugin: str = ""


def standing_above(case_id: UUID, kind: str | None, received_on: date, *, sealed: bool) -> StandingAbove | None:
    """Return what superiors see of a case as it was last published; None where nobody stands above.

    sealed: it was once a denunciation, so the profile of denunciations holds.
    """
    tenant = own_tenant()
    if tenant.superior_id is None:
        return None
    row = db.session.execute(
        sa.select(SharedState.listed, SharedState.counted, SharedState.withheld_by, SharedState.withheld_source).where(
            SharedState.id == case_id
        )
    ).first()
    if row is None:
        return None
    if row.withheld_by:
        return StandingAbove(row.listed, row.counted, row.withheld_source or "", row.withheld_by)
    word = PetitionKind.DENUNCIATION.value if sealed else kind or UNKNOWN_KIND
    profile = choose_profile(word, tenant.level, received_on)
    return StandingAbove(row.listed, row.counted, profile.source if profile else "")
