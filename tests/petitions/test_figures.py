"""Figures of a period, counted from records."""

from datetime import date

from tiepdan.petitions.figures import count_due, count_marked_matters, count_petitions, evidence_of_petitions
from tiepdan.petitions.rules import Decision, Mark
from tiepdan.petitions.service import MadeDecision, decide_petition, mark_matter, record_notice
from tiepdan.sdk import PetitionKind

from .conftest import ON

FIRST, LAST = date(2024, 6, 1), date(2024, 7, 31)


def test_received_processed_by_kind_and_notices_on_time(register, classify, entered, make_tenant):
    tenant = make_tenant()
    on_time, late, silent = (register(tenant) for _ in range(3))
    register(tenant, received_on=date(2024, 5, 31))
    for made, day in ((on_time, date(2024, 7, 4)), (late, date(2024, 7, 5))):
        classify(tenant, made, PetitionKind.PROPOSAL, within_competence=False)
        with entered(tenant, "petition_officer") as actor:
            papers = MadeDecision(Decision.TRANSFER, reason="x", body="y", document_number="1")
            decide_petition(made.id, papers, actor=actor, on=ON)
        with entered(tenant, "petition_officer") as actor:
            record_notice(made.id, notified_on=day, document_number="", actor=actor, on=day)
    classify(tenant, silent, PetitionKind.DENUNCIATION)
    with entered(tenant, "viewer"):
        figures = count_petitions(FIRST, LAST)
        evidence = evidence_of_petitions(FIRST, LAST)
    assert figures.received == 3
    assert figures.by_kind == {"proposal": 2, "denunciation": 1}
    assert figures.processed == 2
    assert (figures.notices_due, figures.notices_on_time, figures.notices_late) == (3, 1, 2)
    assert figures.closed == 2
    assert figures.open_at_end == 2  # the silent one, and the one of May
    assert [row["id"] for row in evidence if row["kind"] == "denunciation"] == [None]


def test_a_neighbours_petitions_count_for_nothing(register, entered, two_tenants):
    own, other = two_tenants
    register(own)
    with entered(other, "viewer"):
        assert count_petitions(FIRST, LAST).received == 0
        assert count_due(date(2024, 8, 1), date(2024, 8, 4)) == (0, 0)
    with entered(own, "viewer"):
        assert count_due(date(2024, 8, 1), date(2024, 8, 4)) == (1, 0)


def test_marked_matters(register, entered, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    with entered(tenant, "petition_officer") as actor:
        mark_matter(made.matter_id, Mark.PROLONGED, holds=True, reason="từ năm 2019", actor=actor, on=ON)
    with entered(tenant, "viewer"):
        assert count_marked_matters(LAST) == {"mass": 0, "complex": 0, "prolonged": 1, "level_skipping": 0}
