"""Classify petitions (phân loại): kind, field, conditions, competence, and what each of them sets going."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import tenant_scope
from tiepdan.deadlines.law import rule
from tiepdan.deadlines.service import ClockState, clocks_of, follow_kind, stop_clocks
from tiepdan.petitions.history import SUBJECT, StepNote, follow_up, start_clocks, take_step
from tiepdan.petitions.loading import check_step, lock_petition
from tiepdan.petitions.models import Petition
from tiepdan.petitions.obligations import (
    KIND_KEYS,
    NOTICE_KEYS,
    TRANSFER_KEYS,
    for_complex_notice,
    for_kind,
    for_transfer,
    rule_ids,
)
from tiepdan.petitions.rules import Field, Origin, Outcome, PetitionStatus, Step, failed_conditions, is_sealed_kind
from tiepdan.petitions.sealing import seal_petition
from tiepdan.sdk import Branch, PetitionKind
from tiepdan.tenancy.service import tenant_by_id


@dataclass(frozen=True, slots=True)
class Classification:
    """What the officer found.

    met: words of the eligibility conditions that are met (rules.CONDITIONS).
    several_places: a denunciation whose identity must be checked in several places (DEN-01, 10 working days).
    complex_notice: a complex matter within the own competence of a party committee's head (PTY-07).
    """

    kind: PetitionKind
    field: Field
    within_competence: bool
    met: frozenset[str] = frozenset()
    several_places: bool = False
    complex_notice: bool = False
    reason: str = ""


def classify_petition(
    petition_id: UUID, found: Classification, *, actor: Actor, on: date, seen_version: int | None = None
) -> bool:
    """Classify a petition that is not decided yet; return whether it is eligible (đủ điều kiện xử lý).

    A change of kind stops the clocks of the old kind and starts those of the new, counted from receipt. A
    denunciation is sealed at once, with everything it shares. Raises Forbidden, NotFound, Conflict.
    """
    actor.require("petitions.classify")
    petition, matter = lock_petition(petition_id, seen_version)
    check_step(petition, Step.CLASSIFIED)
    guided = was_guided_before(petition)
    met = found.met - {"not_guided_before"} if guided else found.met
    failed = failed_conditions(found.kind, met, anonymous=petition.anonymous)
    if is_sealed_kind(found.kind) and not petition.sealed:
        old_kind = petition.kind
        seal_petition(petition, found.kind, actor=actor, on=on)
    else:
        old_kind, petition.kind = petition.kind, found.kind.value
    petition.field = found.field.value
    petition.eligible = not failed
    petition.within_competence = found.within_competence
    petition.classified_on = on
    _change_clocks(petition, old_kind, found, actor=actor, on=on)
    if old_kind != petition.kind:
        _follow_kind(petition, found.kind, actor=actor, on=on)
    take_step(
        petition,
        Step.CLASSIFIED,
        actor=actor,
        on=on,
        to=PetitionStatus.CLASSIFIED,
        note=StepNote(reason=found.reason, failed=tuple(condition.word for condition in failed)),
    )
    follow_up(petition, matter)
    return not failed


def was_guided_before(petition: Petition) -> bool:
    """Say whether guidance was given once on the same content: same matter, or the same letter again (PET-08)."""
    same = Petition.matter_id == petition.matter_id
    if petition.content_hash is not None:
        same = sa.or_(same, Petition.content_hash == petition.content_hash)
    earlier = sa.select(Petition.id).where(Petition.id != petition.id, Petition.outcome == Outcome.GUIDED, same)
    return db.session.scalar(earlier.limit(1)) is not None


def _change_clocks(petition: Petition, old_kind: str | None, found: Classification, *, actor: Actor, on: date) -> None:
    branch = tenant_by_id(tenant_scope().tenant_id).branch
    if old_kind != found.kind.value or found.several_places:
        stop_clocks(SUBJECT, petition.id, rule_ids(*KIND_KEYS), on=on, outcome="stopped", actor=actor)
        owed = for_kind(branch, found.kind, petition.received_on, several_places=found.several_places)
        start_clocks(petition.id, owed, kind=petition.kind, actor=actor)
    _change_transfer_clocks(petition, branch, found, actor=actor, on=on)
    if found.complex_notice and petition.notified_on is None:
        longer = for_complex_notice(branch, petition.received_on)
        if longer:
            stop_clocks(SUBJECT, petition.id, rule_ids(*NOTICE_KEYS), on=on, outcome="stopped", actor=actor)
            petition.notice_due_on = start_clocks(petition.id, longer, kind=petition.kind, actor=actor)[0].due_on


def _follow_kind(petition: Petition, kind: PetitionKind, *, actor: Actor, on: date) -> None:
    """Let what plugins order for a kind hold for the limits that ran before the kind was known."""
    moved = follow_kind(SUBJECT, petition.id, kind.value, on=on, actor=actor)
    notices = [clock.due_on for clock in moved if clock.rule.key in NOTICE_KEYS and clock.due_on is not None]
    if notices and petition.notified_on is None:
        petition.notice_due_on = min(notices)


def _change_transfer_clocks(
    petition: Petition, branch: Branch, found: Classification, *, actor: Actor, on: date
) -> None:
    """Let the limits for passing on run exactly while the petition is outside competence.

    One that runs already goes on: after a refused transfer it counts from the day the petition came back.
    """
    owed = []
    if not found.within_competence:
        owed = for_transfer(branch, found.kind, Origin(petition.origin), petition.received_on)
    keys = {rule(one.rule_id).key for one in owed}
    ended = rule_ids(*(key for key in TRANSFER_KEYS if key not in keys))
    stop_clocks(SUBJECT, petition.id, ended, on=on, outcome="stopped", actor=actor)
    clocks = clocks_of(SUBJECT, [petition.id])[petition.id]
    running = {clock.rule.key for clock in clocks if clock.state is ClockState.OPEN}
    missing = [one for one in owed if rule(one.rule_id).key not in running]
    start_clocks(petition.id, missing, kind=petition.kind, actor=actor)
