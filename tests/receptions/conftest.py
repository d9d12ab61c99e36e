"""Receptions made quickly, in a tenant with a neighbour."""

from datetime import date

import pytest

from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.rules import Duty, ReceptionForm
from tiepdan.receptions.service import (
    NewReception,
    NewVisit,
    Visitor,
    open_day,
    post_reception,
    reception_by_id,
    register_visit,
    schedule_reception,
)

ON = date(2024, 6, 28)  # a Friday
PLACE = "Trụ sở Đảng ủy"


@pytest.fixture
def tenant(two_tenants):
    return two_tenants[0]


@pytest.fixture
def neighbour(two_tenants):
    return two_tenants[1]


@pytest.fixture
def new_reception():
    def new_reception(*days, form=ReceptionForm.PERIODIC, **more):
        more = {"duty": Duty.PARTY, "place": PLACE, "chair_name": "Lương Văn Mẫu", **more}
        return NewReception(form=form, days=days or (ON,), **more)

    return new_reception


@pytest.fixture
def make_reception(entered, tenant, new_reception):
    """Make a posted reception of the head: make_reception(day, …, opened=True) -> ReceptionView."""

    def make_reception(*days, opened=False, on=date(2024, 1, 2), body=None, **more):
        body = body or tenant
        days = days or (ON,)
        with entered(body, "committee_head") as head:
            reception_id = schedule_reception(new_reception(*days, **more), actor=head, on=min(on, *days))
            if more.get("form") is not ReceptionForm.REGULAR:
                post_reception(reception_id, actor=head, on=min(on, *days))
            if opened:
                open_day(reception_by_id(reception_id).days[0].id, actor=head, on=days[0])
            return reception_by_id(reception_id)

    return make_reception


@pytest.fixture
def new_visit():
    def new_visit(name="Hoàng Thị Mẫu", content="Đề nghị cấp giấy chứng nhận.", more_people=(), number="", **more):
        people = [Visitor(PersonDetails(name, "thôn Bản, xã Mẫu", "citizen_id", number))]
        return NewVisit(people + [Visitor(PersonDetails(other)) for other in more_people], content, **more)

    return new_visit


@pytest.fixture
def come(entered, tenant, new_visit):
    """Let somebody come to a day: come(reception, name=…) -> RegisteredVisit."""

    def come(reception, *, day=0, body=None, on=None, **more):
        with entered(body or tenant, "committee_head") as head:
            that_day = reception.days[day]
            return register_visit(that_day.id, new_visit(**more), actor=head, on=on or that_day.day_on)

    return come
