"""Every hook, one docstring each; nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tiepdan.sdk import Card, DeadlineRule, EscalationStep, Event, Form, Notice, Overdue, Record, Tenant, hookspec

if TYPE_CHECKING:
    from psycopg import Connection


@hookspec
def petition_closed(petition_id: UUID, outcome: str, on: date) -> None:
    """Do, in the same step, what follows from a petition being closed.

    Kind: join. An exception rolls the closing back.
    Asked: once per petition, inside the transaction that closes it.

    petition_id: the petition; outcome: a word of petitions.rules.Outcome.
    on: day of closing, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def petition_taken_back(petition_id: UUID, on: date) -> None:
    """Undo, in the same step, the sending of a petition that its sender goes on with itself.

    Kind: join. An exception (such as Conflict: the receiver has taken it on) rolls the taking back back.
    Asked: once per petition, inside the transaction that takes it back.

    petition_id: the petition that comes back.
    on: day of the step, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def petition_sealed(petition_id: UUID, visit_id: UUID | None, on: date) -> None:
    """Seal, in the same step, what another slice keeps of a petition that turned out to be a denunciation.

    Kind: join. An exception rolls the classification back.
    Asked: once per petition, inside the transaction that seals it. Vault rows the petition itself points to are
    already sealed; copies of the same people and contents elsewhere are not.

    petition_id: the petition; visit_id: the visit at which it was taken; None for one that came another way.
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

    subject_type: as it was given when the clock was started; subject_ids: records of that kind.
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


@hookspec
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order limits stricter than the law's for a committee.

    Kind: decide. If a plugin fails, the law's own date stands and the fault is reported.
    Asked: once when the clocks of a case start, with the whole step; never per clock and never per row.

    tenant: the committee whose duty runs; settings: in force there.
    on: day of the counting event, in Asia/Ho_Chi_Minh.
    Returns the rules in force on that day; an empty list means "the law is enough". The earliest date of all
    wins; a rule whose date is later than the law's is refused and has no effect.

    Example:
        return [DeadlineRule("complaint.acceptance", 5, DayUnit.WORKING, source="Chỉ thị 12-CT/TU, điểm 3")]
    """
    raise NotImplementedError


@hookspec
def home_cards(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[Card]:
    """Put cards on a committee's first page.

    Kind: contribute. A plugin that fails is left out, and the page says so.
    Asked: once per load of the first page.

    tenant: the committee; settings: in force there.
    on: the business day, in Asia/Ho_Chi_Minh.
    Returns the cards, the most urgent first; an empty list means "nothing to say today".

    Example:
        return [Card("review", {"vi": "Sơ kết", "en": "Review"}, {"vi": "Đến hạn sơ kết.", "en": "A review is due."})]
    """
    raise NotImplementedError


@hookspec
def form_parts(tenant: Tenant, record: Record, on: date, settings: Mapping[str, object]) -> Sequence[Form]:
    """Add fields to a form of the platform; the platform shows, checks, keeps and seals the answers.

    Kind: contribute. A plugin that fails is left out, and the page says so; the record is kept all the same.
    Asked: once per form page and once per submission; never per row.

    tenant: the committee; settings: in force there.
    record: what is being written down. A petition is asked about when it is registered, also from a visit; one that
        came as a file or from another committee is not.
    on: the business day, in Asia/Ho_Chi_Minh.
    Returns the parts in the order to show them; an empty list means "nothing to ask".

    Example:
        return [Form("area", 1, {"vi": "Địa bàn", "en": "Area"}, SCHEMA)] if record is Record.PETITION else []
    """
    raise NotImplementedError


@hookspec
def event_happened(event: Event, settings: Mapping[str, object]) -> Sequence[Notice]:
    """Hear of what happened in a committee, and say on its first page what follows from it.

    Kind: observe. What happened stands whatever the plugin does. If it fails or is slow it is told again, with
    growing distance, eight times in about four days; then the plugin's page names the event as not delivered.
    Asked: once per event after its transaction is committed, in a job of its own; perhaps again with the same key,
    and in another order than things happened. What it does in the database is undone, as with any question.

    event: what happened, in codes; settings: in force in the committee when the job runs.
    Returns at most three notices, shown until somebody has seen them; an empty list means "nothing follows".

    Example:
        if event.name is not EventName.RECEPTION_HELD:
            return []
        title = {"vi": "Ra thông báo kết luận", "en": "Issue the conclusion notice"}
        return [Notice(title, {"vi": "Sau mỗi kỳ tiếp.", "en": "After each reception."}, "/receptions/")]
    """
    raise NotImplementedError


@hookspec
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Say who else is told that something is overdue, or who is told earlier.

    Kind: decide. If a plugin fails, the platform's ladder stands and the fault is reported.
    Asked: in the periodic job, when an overdue obligation is looked at; once for all of a batch that look the same.

    tenant: the late committee; settings: in force there.
    overdue: what is late. Of a sealed case neither its duty nor its kind is said.
    Returns the steps; an empty list means "the ladder is enough". Each body is told once, by the earliest way: a step
    that comes later than the ladder has no effect. An address nobody has is a fault of the whole answer.

    Example:
        return [EscalationStep(5, "superior+1", source="Chỉ thị 12-CT/TU, điểm 4")]
    """
    raise NotImplementedError
