"""Addresses of a register bear the commune's name on the line's day; what was typed is kept beside."""

from datetime import date

import pytest
import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.identity.vault import PersonDetails
from tiepdan.receptions.models import Visit
from tiepdan.receptions.place_names import place_names
from tiepdan.receptions.registers import RegisterEntry, write_register
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.receptions.service import visit_by_id
from tiepdan.tenancy.service import tenant_by_id

BEFORE, AFTER = date(2024, 6, 28), date(2025, 8, 5)  # the communes were merged on 2025-07-01


@pytest.fixture
def lang_son(make_tenant, superuser):
    """A committee of the province of code 20, as the catalogue knows it."""
    tenant = make_tenant("province")
    superuser.execute("UPDATE tenant SET unit_code = '20' WHERE id = %s", [tenant.id])
    return tenant


@pytest.fixture
def rewrite(entered, lang_son):
    def rewrite(address, on=AFTER):
        with entered(lang_son):
            return place_names(tenant_by_id(lang_son.id), on).present_address(address)

    return rewrite


@pytest.fixture
def seen(entered):
    """seen(tenant): address and note of its one imported visit; None without one."""

    def seen(tenant):
        with entered(tenant):
            visit_id = db.session.scalar(sa.select(Visit.id))
            if visit_id is None:
                return None
            visit = visit_by_id(visit_id)
            return visit.people[0].details.address, visit.remarks.note

    return seen


def line(day, address):
    return RegisterEntry(
        book="Sổ", year=day.year, number=1, day_on=day, session="1", duty=Duty.PARTY, form=ReceptionForm.PERIODIC,
        chair=ReceivedBy.HEAD, people=[PersonDetails("Hoàng Thị A", address)], content="Đường hỏng", note="Đã hẹn",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "present"),
    [
        # Thị trấn Đình Lập became part of Xã Đình Lập; since then there is no district.
        ("Khu 1, thị trấn Đình Lập, huyện Đình Lập, Lạng Sơn", "Khu 1, xã Đình Lập, Lạng Sơn"),
        ("Khu 1, TT Đình Lập", "Khu 1, Xã Đình Lập"),
        ("Khu 1, TT. Đình Lập, H. Đình Lập, tỉnh Lạng Sơn", "Khu 1, Xã Đình Lập, tỉnh Lạng Sơn"),
    ],
)
def test_a_merged_commune_is_written_by_its_present_name(rewrite, typed, present):
    assert rewrite(typed) == present


@pytest.mark.parametrize(
    "typed",
    [
        "Thôn 1, xã Bính Xá, huyện Đình Lập",  # divided between two communes: nobody knows which
        "Thôn 1, xã Tân Thành",  # exists still, and three more had the name
        "Thôn 1, xã Không Có Thật, huyện Đình Lập",
        "Khu 1, thị trấn Đình Lập, huyện Đình Lập, tỉnh Cao Bằng",  # another province
        "Số 5 đường Bà Triệu",
        "xã Đình Lập, xã Kiên Mộc",  # two communes in one address
        "",
    ],
)
def test_what_is_not_certain_stays_as_it_was_typed(rewrite, typed):
    assert rewrite(typed) == typed


@pytest.mark.parametrize(
    ("district", "present"), [("Cao Lộc", "xã Tân Đoàn"), ("Bắc Sơn", "xã Nhất Hòa"), ("Hữu Lũng", None)]
)
def test_the_same_name_of_another_district_is_told_apart(rewrite, district, present):
    """Three communes were called Tân Thành; that of Hữu Lũng still is, so its address stays as it was typed."""
    typed = f"Thôn 1, xã Tân Thành, huyện {district}"
    assert rewrite(typed) == (f"Thôn 1, {present}" if present else typed)


def test_before_the_merger_the_old_name_is_the_present_one(rewrite):
    typed = "Khu 1, thị trấn Đình Lập, huyện Đình Lập, Lạng Sơn"
    assert rewrite(typed, on=BEFORE) == typed


def test_a_day_without_a_catalogue_rewrites_nothing(rewrite):
    assert rewrite("Khu 1, thị trấn Đình Lập", on=date(2010, 1, 1)) == "Khu 1, thị trấn Đình Lập"


def test_an_import_stores_the_present_name_and_keeps_the_typed_text(entered, lang_son, seen, two_tenants):
    typed = "Khu 1, thị trấn Đình Lập, huyện Đình Lập"
    with entered(lang_son, "registers.import") as actor:
        written = write_register([line(AFTER, typed)], actor=actor, on=date(2025, 8, 6))
        again = write_register([line(AFTER, typed)], actor=actor, on=date(2025, 8, 6))
    assert (written.written, again.unchanged, again.changed) == (1, 1, ())
    address, note = seen(lang_son)
    assert address == "Khu 1, xã Đình Lập"
    assert note == f"Đã hẹn; Địa chỉ ghi trong sổ: {typed}"
    assert seen(two_tenants[0]) is None
