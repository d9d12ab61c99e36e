"""Whose decision holds: locks from above first, the highest of them strongest, then oneself, the file, proposals."""

import pytest

from tiepdan.extensions.rules import Choice, Way, judge
from tiepdan.sdk import Level

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3


def choice(tenant_id: int, enabled: bool, **options: object) -> Choice:
    return Choice(tenant_id, "p", enabled=enabled, settings={"by": tenant_id}, **options)  # type: ignore[arg-type]


OWN = choice(COMMUNE, False)
FILE = choice(COMMUNE, True, from_file=True)
FILE_LOCKED = choice(COMMUNE, True, from_file=True, locked=True)
FROM_PROVINCE = choice(PROVINCE, True, for_level=Level.COMMUNE)
FROM_DISTRICT = choice(DISTRICT, True, for_level=Level.COMMUNE)
LOCKED_BY_PROVINCE = choice(PROVINCE, True, for_level=Level.COMMUNE, locked=True)
LOCKED_BY_DISTRICT = choice(DISTRICT, False, for_level=Level.COMMUNE, locked=True)
FOR_DISTRICTS = choice(PROVINCE, True, for_level=Level.DISTRICT, locked=True)
OF_A_STRANGER = choice(99, True, for_level=Level.COMMUNE, locked=True)


@pytest.mark.parametrize(
    ("choices", "decided_by", "way"),
    [
        ([OWN], COMMUNE, Way.OWN),
        ([OWN, FILE], COMMUNE, Way.OWN),
        ([OWN, FILE_LOCKED], COMMUNE, Way.FILE_LOCKED),
        ([FILE, FROM_DISTRICT], COMMUNE, Way.FILE),
        ([FROM_PROVINCE, FROM_DISTRICT], DISTRICT, Way.DEFAULT),
        ([FROM_PROVINCE], PROVINCE, Way.DEFAULT),
        ([OWN, LOCKED_BY_DISTRICT, LOCKED_BY_PROVINCE], PROVINCE, Way.LOCKED),
        ([OWN, LOCKED_BY_DISTRICT, FROM_PROVINCE], DISTRICT, Way.LOCKED),
        ([OWN, FOR_DISTRICTS, OF_A_STRANGER], COMMUNE, Way.OWN),
    ],
)
def test_the_strongest_decision_holds(choices: list[Choice], decided_by: int, way: Way) -> None:
    for order in (choices, choices[::-1]):
        verdict = judge(order, tenant_id=COMMUNE, superior_ids=(PROVINCE, DISTRICT), level=Level.COMMUNE)["p"]
        assert (verdict.decided_by, verdict.way) == (decided_by, way)
        assert verdict.settings == {"by": decided_by}


def test_a_stranger_decides_nothing() -> None:
    assert judge([OF_A_STRANGER, FOR_DISTRICTS], tenant_id=COMMUNE, superior_ids=(1, 2), level=Level.COMMUNE) == {}
