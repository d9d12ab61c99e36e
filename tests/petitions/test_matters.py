"""Matters: shared by petitions, marked with a reason, closed when all is done."""

import pytest

from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.petitions.rules import Field, Mark
from tiepdan.petitions.service import (
    find_matter,
    link_petition,
    list_matters,
    mark_matter,
    matter_by_id,
    open_matter,
    petition_by_id,
    petitions_of_matter,
)
from tiepdan.sdk import PetitionKind

from .conftest import ON


def test_a_second_petition_joins_the_matter(register, entered, make_tenant):
    tenant = make_tenant()
    first = register(tenant)
    second = register(tenant, matter_id=first.matter_id)
    with entered(tenant, "viewer"):
        assert {row.id for row in petitions_of_matter(first.matter_id)} == {first.id, second.id}
        assert find_matter(first.code).id == first.matter_id


def test_a_petition_moves_and_the_empty_matter_closes(register, entered, make_tenant):
    tenant = make_tenant()
    first, second = register(tenant), register(tenant)
    with entered(tenant, "petition_officer") as actor:
        link_petition(second.id, first.matter_id, actor=actor, on=ON)
    with entered(tenant, "petition_officer") as actor:
        assert petition_by_id(second.id).matter_id == first.matter_id
        assert matter_by_id(second.matter_id).closed_on == ON
        with pytest.raises(Conflict):
            link_petition(second.id, first.matter_id, actor=actor, on=ON)


def test_marks_reach_the_superiors_summary(register, classify, entered, make_tenant, superuser):
    tenant = make_tenant("commune", make_tenant("district"))
    made = register(tenant)
    classify(tenant, made, PetitionKind.COMPLAINT)
    with entered(tenant, "petition_officer") as actor:
        mark_matter(made.matter_id, Mark.MASS, holds=True, reason="Trên 30 hộ", actor=actor, on=ON)
    flags = superuser.execute("SELECT flags FROM shared_case WHERE tenant_id = %s", [tenant.id]).fetchone()
    assert flags == (1,)
    with entered(tenant, "viewer") as actor:
        assert [row.code for row in list_matters(actor=actor, mark=Mark.MASS).items]
        assert not list_matters(actor=actor, mark=Mark.COMPLEX).items


def test_a_mark_needs_right_reason_and_the_own_tenant(register, entered, two_tenants):
    own, other = two_tenants
    made = register(own)
    with entered(own, "viewer") as actor, pytest.raises(Forbidden):
        mark_matter(made.matter_id, Mark.MASS, holds=True, reason="đông người", actor=actor, on=ON)
    with entered(own, "petition_officer") as actor, pytest.raises(Invalid):
        mark_matter(made.matter_id, Mark.MASS, holds=True, reason="", actor=actor, on=ON)
    with entered(other, "petition_officer") as actor, pytest.raises(NotFound):
        mark_matter(made.matter_id, Mark.MASS, holds=True, reason="đông người", actor=actor, on=ON)


def test_a_neighbours_matter_is_absent(register, entered, two_tenants):
    own, other = two_tenants
    mine, theirs = register(own), register(other)
    with entered(own, "petition_officer") as actor:
        assert find_matter(theirs.code) is None
        with pytest.raises(NotFound):
            matter_by_id(theirs.matter_id)
        with pytest.raises(NotFound):
            link_petition(mine.id, theirs.matter_id, actor=actor, on=ON)
        assert petitions_of_matter(theirs.matter_id) == []


def test_a_visit_may_open_a_matter_before_any_petition(entered, make_tenant):
    tenant = make_tenant()
    with entered(tenant, "reception_officer") as actor:
        matter = open_matter(Field.LAND, actor=actor, on=ON)
        assert matter_by_id(matter.id).code == matter.code
