"""The counts always equal the cases recounted, whatever happened to the cases."""

from collections import Counter
from datetime import date

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiepdan.core.db import db, new_id
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.models import SharedCase, SharedCount, SharedTotal
from tiepdan.sharing.service import publish_case

changes = st.tuples(
    st.integers(0, 3),
    st.sampled_from([None, *PetitionKind]),
    st.sampled_from(["registered", "accepted", "resolved"]),
    st.sampled_from(["land", "policy"]),
    st.dates(date(2024, 1, 1), date(2024, 3, 31)),
    st.sampled_from([None, date(2024, 6, 1)]),
)
fates = st.sampled_from(["kept", "savepoint kept", "savepoint lost", "lost"])


class Lost(Exception):
    """Roll this one back."""


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.lists(st.tuples(fates, st.lists(changes, min_size=1, max_size=4)), max_size=8))
def test_counts_equal_the_cases_recounted(data, make_tenant, entered, summary_of):
    province = make_tenant("province")
    commune = make_tenant("commune", province)
    ids = [new_id() for _ in range(4)]
    known = {}
    for fate, steps in data:
        after = dict(known)
        try:
            with entered(commune):
                savepoint = db.session.begin_nested() if "savepoint" in fate else None
                for number, kind, status, field, received_on, closed_on in steps:
                    summary = summary_of(
                        ids[number],
                        kind=kind,
                        status=status,
                        field=field,
                        received_on=received_on,
                        closed_on=closed_on,
                    )
                    publish_case(summary)
                    after[number] = summary
                if savepoint is not None:
                    savepoint.commit() if fate == "savepoint kept" else savepoint.rollback()
                if fate == "lost":
                    raise Lost
        except Lost:
            pass
        if "lost" not in fate:
            known = after

    listed = {s.case_id for s in known.values() if s.kind not in (None, PetitionKind.DENUNCIATION)}
    months, totals = Counter(), Counter()
    for s in known.values():
        pending = s.closed_on is None
        cell = (s.kind_word, s.status, s.field, pending) if s.case_id in listed else (s.kind_word, "", "", False)
        months[s.received_on.replace(day=1), *cell] += 1
        totals[cell[0], cell[1], cell[3]] += 1
    with entered(province):
        rows = db.session.execute(
            sa.select(
                SharedCount.month,
                SharedCount.kind,
                SharedCount.status,
                SharedCount.field,
                SharedCount.pending,
                SharedCount.count,
            )
        ).all()
        assert {tuple(row[:5]): row[5] for row in rows if row[5]} == dict(months)
        rows = db.session.execute(
            sa.select(SharedTotal.kind, SharedTotal.status, SharedTotal.pending, SharedTotal.count)
        ).all()
        assert {tuple(row[:3]): row[3] for row in rows if row[3]} == dict(totals)
        assert set(db.session.scalars(sa.select(SharedCase.id))) == listed
