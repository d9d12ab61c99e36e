"""A petition that turns out to be a denunciation seals the visit it was taken at."""

from datetime import date

from tiepdan.core.plugins import join
from tiepdan.petitions.rules import Field
from tiepdan.receptions.service import RegisterRemarks, find_returning, record_remarks, take_petition, visit_by_id

ON = date(2024, 6, 28)


def test_the_visit_is_sealed_with_its_remarks(make_reception, come, entered, tenant):
    visit = come(make_reception(opened=True), name="Người Tố Cáo")
    with entered(tenant, "reception_officer") as officer:
        record_remarks(visit.id, RegisterRemarks(note="Có tên người bị tố cáo"), actor=officer, on=ON)
        petition = take_petition(visit.id, kind=None, field=Field.OTHER, actor=officer, on=ON)
        assert visit_by_id(visit.id).lead_name == "Người Tố Cáo"
        join("petition_sealed", petition_id=petition.id, visit_id=visit.id, on=ON)
        seen = visit_by_id(visit.id)
        assert (seen.sealed, seen.lead_name, seen.content, seen.remarks.note) == (True, None, None, "")
        assert find_returning(full_name="Người Tố Cáo", actor=officer) == []


def test_another_visit_is_not(make_reception, come, entered, tenant):
    reception = make_reception(opened=True)
    first, other = come(reception), come(reception, name="Lò Văn Hai")
    with entered(tenant, "reception_officer") as officer:
        petition = take_petition(first.id, kind=None, field=Field.OTHER, actor=officer, on=ON)
        join("petition_sealed", petition_id=petition.id, visit_id=first.id, on=ON)
        assert visit_by_id(other.id).lead_name == "Lò Văn Hai"
