"""The reviews of Đống Đa and Hoàn Kiếm as their committees write them: the demo's registers give the named figures."""

from dataclasses import replace
from datetime import date

import pytest

from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter, platform_scope
from tiepdan.demo.district_registers import DEMO_DAY, DISTRICTS, fill_district
from tiepdan.registers.counting import count_entries
from tiepdan.registers.entries import add_entry
from tiepdan.reports.service import freeze_report, list_reports, open_report, read_contents
from tiepdan.tenancy.service import find_tenant

DONG_DA, HOAN_KIEM = DISTRICTS
WARDS = [f"Đảng ủy phường {number}" for number in range(1, 22)]
RIGHTS = ("registers.view", "registers.view_restricted", "registers.edit", "reports.prepare", "reports.view")


@pytest.fixture
def fill(app, make_tenant):
    """A district of the province and its neighbour, the first with the registers of the demo."""

    def fill(district):
        tenant, neighbour = make_tenant("district"), make_tenant("district")
        for handle, wards in ((tenant, WARDS), (neighbour, WARDS[:2])):
            with app.app_context():
                with platform_scope():
                    view = find_tenant(handle.slug)
                forget_session()
                fill_district(
                    district if handle is tenant else replace(district, entries=lambda *_given: ()), view, wards
                )
        return tenant, neighbour

    return fill


def figures_of(entered, tenant, district, *, on=DEMO_DAY):
    with entered(tenant, *RIGHTS) as actor, transaction():
        view = open_report(f"{district.plugin}/{district.report}", district.period, actor=actor, on=on)
        return view, dict(read_contents(view, on=on).own.figures)


def test_the_ten_year_review_says_what_the_conference_said(fill, entered):
    tenant, neighbour = fill(DONG_DA)
    _view, figures = figures_of(entered, tenant, DONG_DA)
    assert figures["VB-01"].value == 95
    assert (figures["TH-01"].value, figures["TH-02"].value) == (18, 5094)
    assert figures["KT-01"].value == figures["KT-02"].value + figures["KT-03"].value == 47
    assert sum(figures["VB-01"].by_month.values()) == 95
    assert set(figures["VB-01"].by_month) == {str(year) for year in range(2014, 2025)}
    assert sum(figures["VB-02"].parts[""].values()) == 95
    assert figures["KT-02"].parts[""]["ct35"] == 12
    assert figures["KT-03"].parts[""]["qd11"] == 11
    _view, elsewhere = figures_of(entered, neighbour, DONG_DA)
    assert all(measure.value == 0 for measure in elsewhere.values())


def test_booklets_are_1500_each_year(fill, entered):
    tenant, _neighbour = fill(DONG_DA)
    with entered(tenant, *RIGHTS):
        for year in (2022, 2023, 2024):
            span = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
            assert count_entries("dong-da", "booklets", measure="sum:copies", **span) == 1500


def test_what_is_entered_after_the_review_was_frozen_does_not_change_it(fill, entered):
    tenant, _neighbour = fill(DONG_DA)
    view, _figures = figures_of(entered, tenant, DONG_DA)
    with entered(tenant, *RIGHTS) as actor, transaction():
        freeze_report(view.id, actor=actor, on=DEMO_DAY)
    late = {
        "subject": "Văn bản bổ sung", "number": "96-CV/QU", "issued_on": "2024-05-13", "kind": "letter",
        "issuer": "district_committee", "programme": "qd11",
    }  # fmt: skip
    with entered(tenant, *RIGHTS) as actor, transaction():
        add_entry("dong-da", "steering-documents", late, actor=actor, on=DEMO_DAY)
    _view, figures = figures_of(entered, tenant, DONG_DA)
    assert figures["VB-01"].value == 95
    with entered(tenant, *RIGHTS):
        assert (
            count_entries(
                "dong-da", "steering-documents", where={"issuer": "district_committee", "programme": ["ct35", "qd11"]}
            )
            == 96
        )


def test_the_yearly_review_names_violations_and_commendations(fill, entered):
    tenant, neighbour = fill(HOAN_KIEM)
    _view, figures = figures_of(entered, tenant, HOAN_KIEM)
    assert figures["VP-01"].value == 4
    assert figures["VP-01"].parts[""]["criticism"] == 2
    assert figures["KHT-01"].value + figures["KHT-02"].value == 9
    assert figures["KHT-01"].parts[""]["proposed"] == 1
    assert (figures["KH-02"].value, figures["KH-02"].of) == (9, 9)
    _view, elsewhere = figures_of(entered, neighbour, HOAN_KIEM)
    assert elsewhere["VP-01"].value == 0


def test_a_second_build_of_the_demo_adds_nothing(app, fill, entered):
    tenant, _neighbour = fill(DONG_DA)
    with app.app_context():
        with platform_scope():
            view = find_tenant(tenant.slug)
        forget_session()
        assert fill_district(DONG_DA, view, WARDS) == 0
    with entered(tenant, *RIGHTS) as actor, enter(tenant.scope):
        assert len(list_reports(actor=actor)) == 1
