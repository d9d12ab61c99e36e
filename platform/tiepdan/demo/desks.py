"""Receptions around the demo's day: one open today, one posted for July, one concluded with work given."""

from datetime import date
from random import Random
from uuid import UUID

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter
from tiepdan.demo.people import STORIES, draw_person, official_name
from tiepdan.directives.service import NewAssignment, NewConclusion
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.receptions.rules import ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    NewVisit,
    Visitor,
    close_day,
    close_reception,
    conclude_reception,
    mark_received,
    own_duty,
    post_reception,
    reception_by_id,
    register_visit,
    schedule_reception,
)
from tiepdan.tenancy.service import TenantView

TODAY = date(2024, 6, 28)
LAST = date(2024, 6, 14)
NEXT = date(2024, 7, 15)


def _staff(tenant: TenantView) -> Actor:
    rights = PERMISSIONS_BY_ROLE[Role.RECEPTION_OFFICER] | PERMISSIONS_BY_ROLE[Role.COMMITTEE_HEAD]
    return Actor.system(*rights, tenant_id=tenant.id)


def make_desk(tenant: TenantView, *, give_work_to: TenantView | None = None) -> None:
    """Hold a reception in mid-June and conclude it, open today's desk, post July's."""
    _hold(tenant, give_work_to)
    for day, posted_on in ((TODAY, date(2024, 6, 18)), (NEXT, date(2024, 6, 26))):
        with enter(tenant.scope), transaction():
            actor = _staff(tenant)
            reception = schedule_reception(_planned(tenant, day), actor=actor, on=posted_on)
            post_reception(reception, actor=actor, on=posted_on)
            if day == TODAY:
                _receive(tenant, reception, actor, visitors=2, day=TODAY)
        forget_session()


def _hold(tenant: TenantView, give_work_to: TenantView | None) -> None:
    with enter(tenant.scope), transaction():
        actor = _staff(tenant)
        reception = schedule_reception(_planned(tenant, LAST), actor=actor, on=date(2024, 6, 3))
        post_reception(reception, actor=actor, on=date(2024, 6, 3))
        _receive(tenant, reception, actor, visitors=2, day=LAST, all_received=True)
        close_day(reception_by_id(reception).days[0].id, actor=actor, on=LAST)
        close_reception(reception, actor=actor, on=LAST)
        work = (
            [
                NewAssignment(
                    give_work_to.id,
                    "Kiểm tra, rà soát việc cấp giấy chứng nhận quyền sử dụng đất",
                    "Kiểm tra hồ sơ, làm việc với hộ dân, báo cáo kết quả và thông báo cho công dân.",
                    date(2024, 7, 12),
                ),
                NewAssignment(
                    give_work_to.id, "Trả lời kiến nghị về đường liên thôn", "Trả lời bằng văn bản.", date(2024, 6, 25)
                ),
            ]
            if give_work_to is not None
            else []
        )
        conclude_reception(
            NewConclusion(
                number=f"{tenant.id}-TB/VP",
                signed_on=date(2024, 6, 18),
                signer_name=official_name(f"cvp {tenant.slug}"),
                signer_office="Chánh Văn phòng",
                reception_id=reception,
                text="Căn cứ ý kiến của công dân, đồng chí Bí thư kết luận: các đơn vị được giao kiểm tra, rà soát và thông báo kết quả cho công dân đúng hạn.",
                assignments=work,
            ),
            actor=actor,
            on=date(2024, 6, 18),
        )
    forget_session()


def _planned(tenant: TenantView, day: date) -> NewReception:
    return NewReception(
        duty=own_duty(),
        form=ReceptionForm.PERIODIC,
        days=[day],
        place=f"Phòng tiếp công dân, trụ sở {tenant.short_name}",
        chair_name=official_name(tenant.slug),
    )


def _receive(
    tenant: TenantView, reception_id: UUID, actor: Actor, *, visitors: int, day: date, all_received: bool = False
) -> None:
    random = Random(f"desk {tenant.slug} {day}")
    day_id = reception_by_id(reception_id).days[0].id
    for number in range(visitors):
        story = STORIES[(tenant.id + number) % 8]
        visit = register_visit(
            day_id,
            NewVisit([Visitor(draw_person(random, tenant.short_name))], story.text, kind=story.kind),
            actor=actor,
            on=day,
        )
        if all_received or number == 0:
            mark_received(visit.id, actor=actor, on=day)
