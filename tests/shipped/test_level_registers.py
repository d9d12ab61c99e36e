"""The demo's registers of the plugins of levels, Hai Bà Trưng and Lạng Sơn: taken as they are, written once, counted."""

from random import Random

import pytest
from tiepdan_hai_ba_trung.wards import WARDS

from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import platform_scope
from tiepdan.demo import hai_ba_trung, levels
from tiepdan.demo.level_registers import DEMO_DAY, Filled, fill
from tiepdan.registers.counting import count_entries
from tiepdan.reports.service import open_report, read_contents, read_period
from tiepdan.tenancy.service import find_tenant

RIGHTS = ("registers.view", "registers.view_restricted", "reports.prepare", "reports.view")


@pytest.fixture
def view(app):
    """A tenant as the demo sees it."""

    def view(tenant):
        with app.app_context():
            with platform_scope():
                found = find_tenant(tenant.slug)
            forget_session()
        return found

    return view


@pytest.fixture
def inspected(app, make_tenant, view):
    """A district with the registers of Hai Bà Trưng, and a neighbour with the plugin and nothing in it."""
    district, neighbour = make_tenant("district", branch="state"), make_tenant("district", branch="state")
    with app.app_context():
        fill(Filled(view(district), "hai-ba-trung", hai_ba_trung.entries(list(WARDS), DEMO_DAY)))
        fill(Filled(view(neighbour), "hai-ba-trung"))
    return district, neighbour


def figures_of(entered, tenant, period):
    with entered(tenant, *RIGHTS) as actor, transaction():
        report = open_report("hai-ba-trung/inspectorate-monthly", read_period(period), actor=actor, on=DEMO_DAY)
        return dict(read_contents(report, on=DEMO_DAY).own.figures)


def test_all_eighteen_wards_answered_the_letter_of_april_2020(inspected, entered):
    district, neighbour = inspected
    figures = figures_of(entered, district, "2020-M04")
    assert (figures["TT-16"].value, figures["TT-16"].of) == (18, 18)
    assert figures_of(entered, neighbour, "2020-M04")["TT-16"].value == 0


def test_the_letter_of_may_2024_is_owed_by_three_wards(inspected, entered):
    figures = figures_of(entered, inspected[0], "2024-M05")
    assert (figures["TT-16"].value, figures["TT-16"].of) == (15, 18)
    assert (figures["TT-17"].value, figures["TT-17"].of) == (3, 18)
    by_ward = figures["TT-18"].parts[""]
    assert len(by_ward) == 18
    assert sum(by_ward.values()) == 3


def test_cases_are_followed_under_the_three_plans(inspected, entered):
    figures = figures_of(entered, inspected[0], "2024-M06")
    assert (figures["TT-06"].value, figures["TT-06"].of) == (3, 10)
    assert figures["TT-04"].parts[""] == {"kh363": 1, "kh191": 2, "qd1849": 1, "none": 3}


@pytest.mark.parametrize(
    ("level", "plugin", "made", "first", "begun"),
    [
        ("province", "level-province", lambda: levels.province(Random(1)), "hot-areas", ("giao-ban", "2024-M06")),
        ("district", "level-district", lambda: levels.district(Random(1), ["xã A", "xã B"]), "urgings", ("urging", "2024-M06")),
        ("commune", "level-commune", lambda: levels.commune(Random(1), "xã A"), "mediations", ("grass-roots", "2023")),
        ("district", "lang-son", lambda: levels.lang_son(Random(1)), "dialogues", None),
    ],
)  # fmt: skip
def test_a_committee_is_filled_once(app, make_tenant, view, entered, level, plugin, made, first, begun):
    tenant, neighbour = make_tenant(level), make_tenant(level)
    with app.app_context():
        written = fill(Filled(view(tenant), plugin, made(), begun=begun))
        assert written == len(list(made()))
        assert fill(Filled(view(tenant), plugin, made(), begun=begun)) == 0
        fill(Filled(view(neighbour), plugin))
    with entered(tenant, *RIGHTS):
        assert count_entries(plugin, first) > 0
    with entered(neighbour, *RIGHTS):
        assert count_entries(plugin, first) == 0
