"""The report of Lạng Sơn's plugin: what the province published of the first half of 2022, counted from registers.

The provincial secretary received in 6 kỳ, about 8 matters, in 27 visits; the district secretaries in 66 kỳ = 11 × 6,
the commune secretaries in 890 kỳ = 10 × 89 here; administrative bodies received 1.433 visits, judicial ones 1.206.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import psycopg
import pytest

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.registers import RegisterEntry, write_register
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.reports.periods import read_period
from tiepdan.reports.rounds import run_round
from tiepdan.reports.rules import Tier
from tiepdan.reports.senders import sender_ids
from tiepdan.reports.service import freeze_report, open_report, read_contents, report_by_id, submit_report

CODE = "lang-son/giao-ban"
HALF = read_period("2022-H1")
ON = date(2024, 6, 28)
FIRST = date(2022, 1, 3)
OFFICE = Actor.system(*PERMISSIONS_BY_ROLE[Role.PETITION_OFFICER], *PERMISSIONS_BY_ROLE[Role.COMMITTEE_HEAD])
DESK = {"chair": ReceivedBy.DESK, "form": ReceptionForm.REGULAR}


@dataclass(frozen=True)
class LangSon:
    province: object
    districts: list
    communes: list
    state: list
    judicial: list

    @property
    def others(self):
        return [*self.state, *self.judicial]


def enable(superuser, bodies, **settings):
    for body in bodies:
        superuser.execute(
            "INSERT INTO tenant_plugin (tenant_id, plugin, locked, settings) VALUES (%s, 'lang-son', false, %s)",
            [body.id, psycopg.types.json.Jsonb(settings)],
        )
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")


def hold(session, day, *, visits=0, matters=(), **more):
    """The lines of one kỳ: a line for each visit, or a single one when nobody came."""
    empty = RegisterEntry(
        "Sổ 2022", 2022, 0, day, f"Kỳ {session}", more.pop("duty", Duty.PARTY), ReceptionForm.PERIODIC, ReceivedBy.HEAD,
        chair_name="Người chủ trì", people_count=0,
    )  # fmt: skip
    came = replace(
        empty, people=[PersonDetails("Nguyễn Thị Thử", "thôn 1")], people_count=1, content="Nội dung", **more
    )
    return [replace(came, matter=matters[place] if matters else "") for place in range(visits)] or [empty]


def write(tenant, receptions):
    """Bring the lines of receptions into a tenant's register."""
    lines = [line for reception in receptions for line in reception]
    numbered = [replace(line, number=number) for number, line in enumerate(lines, start=1)]
    with enter(tenant.scope), transaction():
        write_register(numbered, actor=Actor.system("registers.import", tenant_id=tenant.id), on=ON)
    forget_session()


def write_everywhere(tree):
    """Write what each body held and whom it received."""
    matters = [f"vụ {place * 8 // 27}" for place in range(27)]
    own = []
    for month, visits in enumerate((4, 5, 4, 5, 4, 5), start=1):
        own.append(hold(month, date(2022, month, 15), visits=visits, matters=matters[:visits]))
        del matters[:visits]
    write(tree.province, own)
    for district in tree.districts:
        write(district, [hold(month, date(2022, month, 20)) for month in range(1, 7)])
    for commune in tree.communes:
        write(commune, [hold(place, FIRST + timedelta(days=2 * place)) for place in range(89)])
    for bodies, shares in ((tree.state, (800, 333, 300)), (tree.judicial, (486, 312, 408))):
        for body, visits in zip(bodies, shares, strict=True):
            write(body, [hold("tiếp", date(2022, 2, 8), visits=visits, duty=Duty.STATE, **DESK)])


@pytest.fixture
def lang_son(app, make_tenant, superuser) -> LangSon:
    """A province, eleven districts, ten communes, three administrative and three judicial bodies, with their registers."""
    province = make_tenant("province", name="Tỉnh ủy Lạng Thử")
    districts = [make_tenant("district", province) for _ in range(11)]
    tree = LangSon(
        province,
        districts,
        [make_tenant("commune", districts[number]) for number in range(10)],
        [make_tenant("province", branch="state") for _ in range(3)],
        [make_tenant("province", branch="judicial") for _ in range(3)],
    )
    for body in tree.others:
        superuser.execute("UPDATE tenant SET province_id = %s WHERE id = %s", [province.province_id, body.id])
    enable(superuser, [province, *tree.districts, *tree.communes])
    enable(superuser, tree.others, party_committee=province.slug)
    with app.app_context():
        write_everywhere(tree)
    return tree


def send(tenant):
    """Open, freeze and send a body's report, as its office does."""
    with enter(tenant.scope), transaction():
        report = open_report(CODE, HALF, actor=OFFICE, on=ON)
        freeze_report(report.id, actor=OFFICE, on=ON)
        submit_report(report.id, actor=OFFICE, on=ON)
    forget_session()


def test_the_figures_of_the_newspaper_are_counted_and_summed(app, lang_son):
    with app.app_context():
        for body in lang_son.others:
            send(body)
        outcome = run_round(CODE, HALF, lang_son.province.id, on=ON)
        with enter(lang_son.province.scope):
            table = read_contents(report_by_id(outcome.report_id, actor=OFFICE), on=ON).table
            found = {
                (code, tier): table.value(code, tier)
                for code, tier in (
                    ("LS-01", Tier.PROVINCE), ("LS-02", Tier.PROVINCE), ("LS-03", Tier.PROVINCE),
                    ("LS-01", Tier.DISTRICT), ("LS-01", Tier.COMMUNE), ("LS-04", Tier.STATE), ("LS-04", Tier.JUDICIAL),
                )
            }  # fmt: skip
        forget_session()
    assert list(found.values()) == [6, 8, 27, 66, 890, 1433, 1206]
    assert outcome.units == 22


def test_a_committee_of_another_province_receives_nothing(app, make_tenant, superuser):
    committee, court, stranger = (
        make_tenant("province"),
        make_tenant("province", branch="judicial"),
        make_tenant("province"),
    )
    superuser.execute("UPDATE tenant SET province_id = %s WHERE id = %s", [committee.province_id, court.id])
    enable(superuser, [committee, stranger])
    enable(superuser, [court], party_committee=committee.slug)
    with app.app_context():
        send(court)
        found = {}
        for body in (committee, stranger):
            with enter(body.scope):
                found[body.id] = sender_ids(CODE, HALF)
            forget_session()
    assert found == {committee.id: [court.id], stranger.id: []}
