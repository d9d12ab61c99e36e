"""Matters of the spring of 2024: some closed on their dates, about thirty still open, a few of them overdue."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter
from tiepdan.demo.people import STORIES, Story, draw_person
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.petitions.rules import Decision, Mark, Origin, Outcome, conditions_for
from tiepdan.petitions.service import (
    Classification,
    MadeDecision,
    NewPetition,
    assign_petition,
    classify_petition,
    close_petition,
    decide_petition,
    mark_matter,
    record_result,
    register_petition,
)
from tiepdan.sdk import PetitionKind
from tiepdan.tenancy.service import TenantView

# (received, how far it came): the demo's day is 2024-06-28. What was received early and stands still is overdue.
PLAN: tuple[tuple[date, str], ...] = (
    (date(2024, 1, 9), "closed"),
    (date(2024, 1, 23), "closed"),
    (date(2024, 2, 20), "closed"),
    (date(2024, 3, 5), "closed"),
    (date(2024, 3, 19), "guided"),
    (date(2024, 4, 2), "closed"),
    (date(2024, 5, 14), "accepted"),
    (date(2024, 5, 28), "assigned"),
    (date(2024, 6, 4), "classified"),
    (date(2024, 6, 11), "accepted"),
    (date(2024, 6, 19), "assigned"),
    (date(2024, 6, 24), "registered"),
    (date(2024, 6, 27), "registered"),
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """Where cases happen, and who handles them there."""

    tenant: TenantView
    plan: Sequence[tuple[date, str]]
    handler: UUID | None = None


def make_cases(bodies: Sequence[Bodies], say: Callable[[str], None]) -> int:
    """Register each body's matters and carry each as far as the plan says; return how many are open."""
    open_matters = 0
    for body in bodies:
        random = Random(f"cases {body.tenant.slug}")
        for number, (received_on, stage) in enumerate(body.plan):
            story = STORIES[(number + body.tenant.id) % len(STORIES)]
            with _at_work(body.tenant) as actor:
                _carry(body, story, received_on, stage, random, actor)
            open_matters += stage not in {"closed", "guided"}
        say(f"{body.tenant.name}: {len(body.plan)} vụ việc")
    return open_matters


@contextmanager
def _at_work(tenant: TenantView) -> Iterator[Actor]:
    permissions = PERMISSIONS_BY_ROLE[Role.PETITION_OFFICER] | PERMISSIONS_BY_ROLE[Role.HANDLER]
    with enter(tenant.scope), transaction():
        yield Actor.system(*permissions, tenant_id=tenant.id)
    forget_session()


def _carry(body: Bodies, story: Story, received_on: date, stage: str, random: Random, actor: Actor) -> None:
    people_count = random.choice((1, 1, 1, 2, 3, 12))
    registered = register_petition(
        NewPetition(
            content=story.text,
            people=[draw_person(random, body.tenant.short_name) for _ in range(min(people_count, 2))],
            respondents=[draw_person(random, body.tenant.short_name)]
            if story.kind is PetitionKind.DENUNCIATION
            else (),
            field=story.field,
            origin=random.choice((Origin.DESK, Origin.POST)),
            received_on=received_on,
            people_count=people_count,
        ),
        actor=actor,
        on=received_on,
    )
    if stage == "registered":
        return
    met = frozenset(condition.word for condition in conditions_for(story.kind, anonymous=False))
    own = stage != "guided"
    found = Classification(story.kind, story.field, within_competence=own, met=met)
    after = _later(received_on, 2)
    classify_petition(registered.id, found, actor=actor, on=after)
    if people_count > 10:
        mark_matter(
            registered.matter_id, Mark.MASS, holds=True, reason="Đơn có hơn mười người cùng ký.", actor=actor, on=after
        )
    if stage == "classified":
        return
    decision = (
        Decision.ACCEPT if own else (Decision.TRANSFER if story.kind is PetitionKind.DENUNCIATION else Decision.GUIDE)
    )
    made = MadeDecision(
        decision,
        reason="Thuộc thẩm quyền, đủ điều kiện."
        if own
        else "Theo quy định, việc này thuộc thẩm quyền của Ủy ban nhân dân cùng cấp.",
        document_number=f"{random.randint(10, 200)}-TB/{received_on.year}",
        body="" if own else "Ủy ban nhân dân cùng cấp",
        notified_on=_later(received_on, 4),
    )
    decide_petition(registered.id, made, actor=actor, on=_later(received_on, 4))
    if stage in {"accepted", "guided"}:
        return
    if body.handler is not None:
        assign_petition(
            registered.id,
            body.handler,
            brief="Xác minh nội dung đơn, báo cáo kết quả.",
            actor=actor,
            on=_later(received_on, 5),
        )
    if stage == "closed":
        outcome = (
            Outcome.ANSWERED if story.kind in {PetitionKind.PROPOSAL, PetitionKind.FEEDBACK} else Outcome.PARTLY_FOUNDED
        )
        done = _later(received_on, 18)
        record_result(
            registered.id,
            outcome,
            "Căn cứ hồ sơ và kết quả kiểm tra thực tế, đã trả lời công dân bằng văn bản.",
            document_number=f"{random.randint(10, 200)}/KL",
            actor=actor,
            on=done,
        )
        close_petition(registered.id, told_on=done, actor=actor, on=_later(received_on, 20))


def _later(day: date, days: int) -> date:
    """Return a day some days later: the demo's own story, no limit of the law."""
    return date.fromordinal(day.toordinal() + days)
