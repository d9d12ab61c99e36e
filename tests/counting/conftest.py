"""A district with a day's worth of every kind of record, and a neighbour with one of each, counted by hand.

2024 in the district:

    receptions   head 08/01 (periodic, 3 visits about 2 matters), head 05/02 and 06/02 (one kỳ, nobody),
                 substitute 04/03 (extraordinary, 1 visit); 2023: head 28/12 (1 visit)
    petitions    04/03 complaint about land, told on time; 04/03 unclassified; 27/06 denunciation (sealed);
                 2023: one
    matters      one mass and complex of 04/03; those of the petitions (4)
    assignments  to the commune: done and told (04/03), open and overdue since 02/04 (04/03), open in time (24/06)
    notices      08/01 after a reception, 03/06 without
"""

from dataclasses import dataclass
from datetime import date

import pytest

from tests.extensions.conftest import dummy, enable  # noqa: F401 - fixtures
from tests.petitions.conftest import classify, register  # noqa: F401 - fixtures
from tests.reports.conftest import Register, write  # noqa: F401 - a fixture and what it brings in
from tiepdan.core.db import db
from tiepdan.directives.service import (
    NewAssignment,
    NewConclusion,
    issue_assignment,
    issue_conclusion,
    record_citizen_told,
    report_done,
)
from tiepdan.petitions.matters import mark_matter, open_matter
from tiepdan.petitions.rules import Field, Mark
from tiepdan.petitions.service import record_notice
from tiepdan.receptions.rules import ReceivedBy, ReceptionForm
from tiepdan.receptions.service import receptions_between
from tiepdan.sdk import PetitionKind

MARCH, JUNE = date(2024, 3, 4), date(2024, 6, 27)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
ON = date(2024, 6, 28)


@dataclass(frozen=True)
class Desk:
    """The district whose records are counted, the commune below it, and a neighbour."""

    district: object
    commune: object
    neighbour: object


@pytest.fixture
def desk(three_levels, write, register, classify, entered) -> Desk:  # noqa: F811 - the fixtures above
    district, commune, neighbour = three_levels.district, three_levels.commune, three_levels.other_district
    lines = Register()
    lines.hold(date(2023, 12, 28), visits=1)
    lines.hold(date(2024, 1, 8), visits=3, matters=("Đất", "Đất", "Đường"))
    lines.hold(date(2024, 2, 5), date(2024, 2, 6))
    lines.hold(MARCH, visits=1, chair=ReceivedBy.SUBSTITUTE, form=ReceptionForm.EXTRAORDINARY)
    write(district, lines)
    write(neighbour, Register().hold(date(2024, 1, 8), visits=5))
    land = register(district, received_on=MARCH, on=MARCH, people_count=3)
    classify(district, land, on=MARCH)
    with entered(district, "petition_officer") as actor:
        db.session.flush()
        record_notice(land.id, notified_on=date(2024, 3, 18), document_number="1", actor=actor, on=date(2024, 3, 18))
    register(district, received_on=MARCH, on=MARCH, field=Field.OTHER)
    secret = register(district, received_on=JUNE, on=JUNE)
    classify(district, secret, PetitionKind.DENUNCIATION, on=JUNE)
    register(district, received_on=date(2023, 12, 28), on=date(2023, 12, 28))
    register(neighbour, received_on=MARCH, on=MARCH)
    with entered(district, "petition_officer") as actor:
        crowd = open_matter(Field.LAND, actor=actor, on=MARCH)
        for mark in (Mark.MASS, Mark.COMPLEX):
            mark_matter(crowd.id, mark, holds=True, reason="Đông người, đã kiểm tra", actor=actor, on=MARCH)
    with entered(district, "committee_head") as head:
        one = issue_assignment(NewAssignment(commune.id, "A", due_on=date(2024, 4, 1)), actor=head, on=MARCH)
        issue_assignment(NewAssignment(commune.id, "B", due_on=date(2024, 4, 1)), actor=head, on=MARCH)
        issue_assignment(NewAssignment(commune.id, "C", due_on=date(2024, 7, 30)), actor=head, on=date(2024, 6, 24))
        [held] = receptions_between(date(2024, 1, 8), date(2024, 1, 8))
        for number, signed_on, reception_id in (("1-TB", date(2024, 1, 8), held.id), ("2-TB", date(2024, 6, 3), None)):
            new = NewConclusion(number, signed_on, "Hoàng Văn Bí", "Kiểm tra.", "Bí thư", reception_id=reception_id)
            issue_conclusion(new, actor=head, on=ON)
    with entered(commune, "committee_head") as head:
        report_done(one, "Đã làm", actor=head, on=date(2024, 3, 20))
        record_citizen_told(one, actor=head, on=date(2024, 3, 25))
    return Desk(district, commune, neighbour)
