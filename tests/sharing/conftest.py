"""Cases to publish and eyes to look with."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tiepdan.core.db import new_id
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.service import CaseSummary, publish_case

type Publish = Callable[..., UUID]


def make_summary(case_id: UUID | None = None, **values: Any) -> CaseSummary:
    """A complaint about land that is being handled; say what is different."""
    given = {
        "case_id": case_id or new_id(),
        "kind": PetitionKind.COMPLAINT,
        "status": "accepted",
        "field": "land",
        "received_on": date(2024, 5, 14),
        "due_on": date(2024, 7, 12),
        "text": "Khiếu nại bồi thường đất",
    }
    return CaseSummary(**(given | values))


@pytest.fixture(scope="session")
def summary_of() -> Callable[..., CaseSummary]:
    return make_summary


@pytest.fixture
def publish(entered: Callable[..., Any]) -> Publish:
    """publish(tenant, case_id=None, **values): publish one case in a transaction of its own."""

    def publish(tenant: Any, case_id: UUID | None = None, **values: Any) -> UUID:
        with entered(tenant):
            summary = make_summary(case_id, **values)
            publish_case(summary)
        return summary.case_id

    return publish
