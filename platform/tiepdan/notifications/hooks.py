"""Hooks the slice joins."""

from datetime import date
from uuid import UUID

from tiepdan.notifications.service import cover_case
from tiepdan.sdk import hookimpl


@hookimpl
def petition_sealed(petition_id: UUID, visit_id: UUID | None, on: date) -> None:  # noqa: ARG001 - the specification's
    """Tell the sender of a case that was sealed nothing more, unless they asked for it knowing that it is."""
    cover_case(petition_id)
