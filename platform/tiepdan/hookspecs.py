"""Every hook, one docstring each; nothing else."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tiepdan.sdk import hookspec

if TYPE_CHECKING:
    from psycopg import Connection


@hookspec
def petition_closed(petition_id: UUID, outcome: str, on: date) -> None:
    """Do, in the same step, what follows from a petition being closed.

    Kind: join. An exception rolls the closing back.
    Asked: once per petition, inside the transaction that closes it.

    outcome: a word of petitions.rules.Outcome.
    on: day of closing, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def petition_taken_back(petition_id: UUID, on: date) -> None:
    """Undo, in the same step, the sending of a petition that its sender goes on with itself.

    Kind: join. An exception (such as Conflict: the receiver has taken it on) rolls the taking back back.
    Asked: once per petition, inside the transaction that takes it back.

    on: day of the step, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def petition_sealed(petition_id: UUID, visit_id: UUID | None, on: date) -> None:
    """Seal, in the same step, what another slice keeps of a petition that turned out to be a denunciation.

    Kind: join. An exception rolls the classification back.
    Asked: once per petition, inside the transaction that seals it. Vault rows the petition itself points to are
    already sealed; copies of the same people and contents elsewhere are not.

    visit_id: the visit at which it was taken; None for one that came another way.
    on: day of the step, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def tenant_paths_changed(connection: "Connection[Any]", paths: Mapping[int, str]) -> None:
    """Rewrite, in the same step, what carries a tenant's path, for tenants that were given other superiors.

    Kind: join. An exception rolls the whole province back.
    Asked: once per province, inside provisioning's transaction, after the paths are written; with or without an
    application, so a slice joins when it is imported. No scope is entered and no session is at hand.

    connection: provisioning's own; leave it in the role it came in.
    paths: new path by tenant id, of the moved tenants and everybody below them.
    """
    raise NotImplementedError


@hookspec
def clocks_moving(subject_type: str, subject_ids: frozenset[UUID]) -> None:
    """Lock the records whose clocks are about to be locked: a record comes before its clocks, for everybody.

    Kind: join. An exception rolls the step back.
    Asked: once per batch and kind of record, before a clock of theirs is locked and before any is changed.

    subject_type: as it was given when the clock was started.
    """
    raise NotImplementedError


@hookspec
def clocks_moved(subject_type: str, subject_ids: frozenset[UUID]) -> None:
    """Take over, in the same step, the due dates that a change of the calendar moved.

    Kind: join. An exception rolls the batch back; it is counted again at the next run.
    Asked: once per batch and kind of record, after the clocks were counted. Ask `nearest_dues` for the new dates.

    subject_type: as it was given when the clock was started ("petition", "directive" …).
    subject_ids: records of that kind of which at least one open clock moved.
    """
    raise NotImplementedError
