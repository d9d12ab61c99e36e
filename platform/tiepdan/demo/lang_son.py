"""The registers of Lạng Sơn for the first half of 2022, as free data: the report counts them.

Published (domain/figures.md 1): the provincial secretary received in 6 kỳ, 8 matters, 27 visits; district
secretaries in 66 kỳ; commune secretaries in 890; administrative bodies 1.433 visits; judicial bodies 1.206.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from tiepdan.deadlines.calendar import WorkCalendar
from tiepdan.deadlines.vietnam import CalendarOptions, vietnam_calendar
from tiepdan.demo.people import draw_person, draw_story, official_name
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.receptions.service import RegisterEntry
from tiepdan.sdk import Branch, Level
from tiepdan.tenancy.service import TenantView

BOOK = "Sổ tiếp công dân 2022"
YEAR = 2022
MONTHS = (1, 2, 3, 4, 5, 6)
PROVINCE_VISITS = (4, 5, 4, 5, 4, 5)  # 27 visits in 6 kỳ
PROVINCE_MATTERS = 8
COMMUNES_WITH_FIVE = 90  # 90 × 5 + 110 × 4 = 890
STATE_VISITS = 1_433
JUDICIAL_VISITS = {"tand-tinh-lang-son": 486, "vksnd-tinh-lang-son": 312, "cuc-thads-tinh-lang-son": 408}  # 1.206


def registers(tenants: Sequence[TenantView]) -> Iterator[tuple[TenantView, list[RegisterEntry]]]:
    """Give each body's register, body by body."""
    communes = sorted((t for t in tenants if t.branch is Branch.PARTY and t.level is Level.COMMUNE), key=_unit)
    five = {tenant.id for tenant in communes[:COMMUNES_WITH_FIVE]}
    state = sorted((t for t in tenants if t.branch is Branch.STATE), key=_unit)
    shares = _share_out(STATE_VISITS, len(state))
    for tenant in tenants:
        match tenant.branch, tenant.level:
            case Branch.PARTY, Level.PROVINCE:
                yield tenant, _province(tenant)
            case Branch.PARTY, Level.DISTRICT:
                yield tenant, _monthly(tenant, MONTHS, most=4)
            case Branch.PARTY, Level.COMMUNE:
                yield tenant, _monthly(tenant, _some_months(tenant, 5 if tenant.id in five else 4), most=2)
            case Branch.STATE, _:
                yield tenant, _desk(tenant, shares[state.index(tenant)], with_head=True)
            case Branch.JUDICIAL, _:
                yield tenant, _desk(tenant, JUDICIAL_VISITS[tenant.slug], with_head=False)


def _some_months(tenant: TenantView, count: int) -> list[int]:
    return sorted(Random(f"months {tenant.slug}").sample(MONTHS, count))


def _unit(tenant: TenantView) -> tuple[str, str]:
    return tenant.unit_level, tenant.unit_code


def _share_out(total: int, parts: int) -> list[int]:
    """Divide visits among bodies: the first (the province) receives twice a share; the sum is exact."""
    share = total // (parts + 1)
    return [total - share * (parts - 1), *[share] * (parts - 1)]


def _province(tenant: TenantView) -> list[RegisterEntry]:
    random = Random(tenant.slug)
    entries: list[RegisterEntry] = []
    people = [draw_person(random, "tỉnh Lạng Sơn") for _ in range(PROVINCE_MATTERS)]
    stories = [draw_story(random) for _ in range(PROVINCE_MATTERS)]
    for month, visits in zip(MONTHS, PROVINCE_VISITS, strict=True):
        day = _working_day(month, 15)
        for _ in range(visits):
            matter = len(entries) * PROVINCE_MATTERS // sum(PROVINCE_VISITS)
            entries.append(
                RegisterEntry(
                    book=BOOK,
                    year=YEAR,
                    number=len(entries) + 1,
                    day_on=day,
                    session=f"Kỳ {month:02d}/2022",
                    duty=Duty.PARTY,
                    form=ReceptionForm.PERIODIC,
                    chair=ReceivedBy.HEAD,
                    chair_name=official_name(tenant.slug),
                    place="Trụ sở Tỉnh ủy",
                    people=[people[matter]],
                    people_count=1 + (matter % 3 == 0),
                    content=stories[matter].text,
                    kind=stories[matter].kind,
                    within_competence=True,
                    matter=f"VV{matter + 1:02d}",
                )
            )
    return entries


def _monthly(tenant: TenantView, months: Sequence[int], *, most: int) -> list[RegisterEntry]:
    """One kỳ of one day a month, with no more visitors than `most`; a kỳ nobody came to is a line of its own."""
    random = Random(tenant.slug)
    entries: list[RegisterEntry] = []
    wanted = random.randint(4, 24)
    for month in months:
        line = RegisterEntry(
            book=BOOK,
            year=YEAR,
            number=0,
            day_on=_working_day(month, wanted),
            session=f"Kỳ {month:02d}/2022",
            duty=Duty.PARTY,
            form=ReceptionForm.PERIODIC,
            chair=ReceivedBy.HEAD,
            chair_name=official_name(tenant.slug),
            place=f"Trụ sở {tenant.short_name}",
            people_count=0,
        )
        visits = random.choice(range(most + 1))
        if visits == 0:
            entries.append(replace(line, number=len(entries) + 1))
        for _ in range(visits):
            story = draw_story(random, denunciations=True)
            entries.append(
                replace(
                    line,
                    number=len(entries) + 1,
                    people=[draw_person(random, tenant.short_name)],
                    people_count=random.choice((1, 1, 1, 2, 6)),
                    content=story.text,
                    kind=story.kind,
                    within_competence=random.random() < 0.7,
                )
            )
    return entries


def _desk(tenant: TenantView, visits: int, *, with_head: bool) -> list[RegisterEntry]:
    """Visits spread over the half-year: mostly at the desk, some on the monthly day of the head."""
    random = Random(tenant.slug)
    days = sorted(_any_working_day(random) for _ in range(visits))
    entries: list[RegisterEntry] = []
    for day in days:
        head = with_head and random.random() < 0.2
        if head:
            day = _working_day(day.month, 20)
        story = draw_story(random)
        entries.append(
            RegisterEntry(
                book=BOOK,
                year=YEAR,
                number=len(entries) + 1,
                day_on=day,
                session=f"Định kỳ {day.month:02d}/2022" if head else f"Thường xuyên {day.month:02d}/2022",
                duty=Duty.STATE,
                form=ReceptionForm.PERIODIC if head else ReceptionForm.REGULAR,
                chair=ReceivedBy.HEAD if head else ReceivedBy.DESK,
                chair_name=official_name(tenant.slug) if head else "",
                place=f"Nơi tiếp công dân {tenant.short_name}",
                people=[draw_person(random, tenant.short_name)],
                people_count=random.choice((1, 1, 1, 1, 2, 5)),
                content=story.text,
                kind=story.kind,
                within_competence=random.random() < 0.6,
            )
        )
    return entries


def _calendar() -> WorkCalendar:
    return vietnam_calendar(CalendarOptions())


def _working_day(month: int, wanted: int) -> date:
    """Return the wanted day of a month of 2022, or the next working day of the month."""
    calendar = _calendar()
    later = (date(YEAR, month, day) for day in range(wanted, 29))
    earlier = (date(YEAR, month, day) for day in range(wanted, 0, -1))
    return next(day for day in (*later, *earlier) if calendar.is_working(day))


def _any_working_day(random: Random) -> date:
    while True:
        day = date(YEAR, random.choice(MONTHS), random.randint(1, 28))
        if _calendar().is_working(day):
            return day
