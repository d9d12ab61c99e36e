"""Open many matters at once, for a register that is brought in."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.scope import tenant_scope
from tiepdan.petitions.codes import code_prefix, new_code
from tiepdan.petitions.models import Matter
from tiepdan.petitions.rules import Field
from tiepdan.tenancy.service import tenant_by_id


def open_matters(openings: Sequence[tuple[Field, date]], *, actor: Actor) -> list[UUID]:
    """Open a matter for each (field, opening day) with one statement; the ids come in the same order.

    Raises Forbidden.
    """
    actor.require("registers.import")
    prefix = code_prefix(tenant_by_id(tenant_scope().tenant_id))
    rows: list[dict[str, Any]] = [
        {"id": new_id(), "code": new_code(f"{prefix}VV"), "field": field.value, "opened_on": opened_on}
        for field, opened_on in openings
    ]
    if rows:
        db.session.execute(sa.insert(Matter), rows)
        record_event("matters.opened", actor=actor, subject_type="matter", detail={"count": len(rows)})
    return [row["id"] for row in rows]
