"""A province small enough to count by hand.

First half of 2022, party's calendar:

    province     2 kỳ: 10/01 with 3 visits about 2 matters, 14/02 without visitors
      district   1 kỳ of two days, 30 and 31/03, with 2 visits (nobody named a matter: 2 matters)
        commune  3 kỳ: 05/01 (1 visit), 20/01 (none), 25/01 (2 visits)
        sibling  nothing
      other      1 kỳ on 10/05 that a substitute received, 1 visit
        village  2 kỳ in the period: 03/02 (1 visit), 30/06 (1 visit); 31/12/2021 and 01/07/2022 are outside
    people's committee of the province (line to the province)   desk 7 visits, chair 1 visit: 8
      people's committee of a district (line to the province)   5 visits
    court (line to the province)                                2 visits
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.registers import RegisterEntry, write_register
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.reports.periods import read_period
from tiepdan.reports.rounds import run_round

ON = date(2024, 6, 28)
HALF = read_period("2022-H1")
VISITOR = "Nguyễn Thị Bí Mật"


@dataclass(frozen=True)
class Province:
    province: object
    district: object
    commune: object
    sibling: object
    other: object
    village: object
    committee: object
    district_committee: object
    court: object
    stranger: object

    @property
    def reporting(self):
        return [
            self.province, self.district, self.commune, self.sibling, self.other, self.village,
            self.committee, self.district_committee, self.court,
        ]  # fmt: skip


class Register:
    """Lines of a register: `kỳ` after `kỳ`."""

    def __init__(self, duty=Duty.PARTY):
        self.duty = duty
        self.lines: list[RegisterEntry] = []

    def hold(self, *days, visits=0, matters=(), chair=ReceivedBy.HEAD, form=ReceptionForm.PERIODIC):
        """Add one kỳ; its visits come on its first day."""
        session = f"Kỳ {len(self.lines) + 1}"
        empty = RegisterEntry(
            "Sổ 1", days[0].year, 0, days[0], session, self.duty, form, chair, chair_name="Người chủ trì"
        )
        lines = [
            replace(
                empty, people=[PersonDetails(VISITOR, "thôn 1")], content="Nội dung kín",
                matter=matters[at] if matters else "",
            )
            for at in range(visits)
        ]  # fmt: skip
        lines += [replace(empty, day_on=day) for day in (days[1:] if visits else days)]
        self.lines += [
            replace(line, number=len(self.lines) + at, year=line.day_on.year if not visits else days[0].year)
            for at, line in enumerate(lines, start=1)
        ]
        return self


@pytest.fixture
def write(app):
    """Bring a register into a tenant."""

    def write(tenant, register: Register | Iterable[RegisterEntry]):
        lines = register.lines if isinstance(register, Register) else list(register)
        with app.app_context():
            with enter(tenant.scope), transaction():
                write_register(lines, actor=Actor.system("registers.import", tenant_id=tenant.id), on=ON)
            forget_session()

    return write


@pytest.fixture
def add_line(superuser):
    """Let a tenant report to another across branches."""

    def add_line(sender, receiver):
        superuser.execute(
            "INSERT INTO reporting_line (from_tenant_id, to_tenant_id, report, valid_from) VALUES (%s, %s, 'qd11', '2019-01-01')",
            [sender.id, receiver.id],
        )

    return add_line


@pytest.fixture
def empty_province(make_tenant, add_line) -> Province:
    """The tree, without records."""
    province = make_tenant("province", name="Tỉnh ủy Lạng Thử")
    district = make_tenant("district", province)
    other = make_tenant("district", province)
    committee = make_tenant("province", branch="state")
    district_committee = make_tenant("district", committee, branch="state")
    court = make_tenant("province", branch="judicial")
    for body in (committee, district_committee, court):
        add_line(body, province)
    return Province(
        province=province,
        district=district,
        commune=make_tenant("commune", district),
        sibling=make_tenant("commune", district),
        other=other,
        village=make_tenant("commune", other),
        committee=committee,
        district_committee=district_committee,
        court=court,
        stranger=make_tenant("province"),
    )


@pytest.fixture
def province(empty_province, write) -> Province:
    """The tree with its records."""
    tree = empty_province
    write(
        tree.province,
        Register().hold(date(2022, 1, 10), visits=3, matters=["đất", "đất", "đường"]).hold(date(2022, 2, 14)),
    )
    write(tree.district, Register().hold(date(2022, 3, 30), date(2022, 3, 31), visits=2))
    write(
        tree.commune,
        Register().hold(date(2022, 1, 5), visits=1).hold(date(2022, 1, 20)).hold(date(2022, 1, 25), visits=2),
    )
    write(tree.other, Register().hold(date(2022, 5, 10), visits=1, chair=ReceivedBy.SUBSTITUTE))
    write(
        tree.village,
        Register()
        .hold(date(2021, 12, 31), visits=1)
        .hold(date(2022, 2, 3), visits=1)
        .hold(date(2022, 6, 30), visits=1)
        .hold(date(2022, 7, 1), visits=1),
    )
    desk = {"chair": ReceivedBy.DESK, "form": ReceptionForm.REGULAR}
    write(
        tree.committee,
        Register(Duty.STATE)
        .hold(date(2022, 1, 11), visits=4, **desk)
        .hold(date(2022, 4, 12), visits=3, **desk)
        .hold(date(2022, 4, 15), visits=1),
    )
    write(tree.district_committee, Register(Duty.STATE).hold(date(2022, 6, 1), visits=5, **desk))
    write(tree.court, Register(Duty.STATE).hold(date(2022, 6, 2), visits=2, **desk))
    return tree


@pytest.fixture
def reported(app, province) -> Province:
    """The tree after a whole round; `report_id` of the province is what `province_report` gives."""
    with app.app_context():
        run_round("qd11", HALF, province.province.id, on=ON)
    return province
