"""What is asked about the units below, and what the answers are made of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tiepdan.sharing.rules import Flag
from tiepdan.tenancy.service import TenantView


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A case of a unit below, as far as its share profile lets it go up. flags: the sum of its Flag numbers."""

    tenant_id: int
    id: UUID
    code: str
    kind: str
    status: str
    field: str
    received_on: date
    due_on: date | None
    closed_on: date | None
    flags: int
    people_count: int
    text: str | None


@dataclass(frozen=True, slots=True)
class BelowFilter:
    """What to look at; empty means everything below.

    unit: a unit below, its own units included. first_month, last_month: months of receipt, by their first day.
    overdue: open and past the nearest deadline on the day of asking.
    """

    unit: TenantView | None = None
    kind: str = ""
    status: str = ""
    overdue: bool = False
    first_month: date | None = None
    last_month: date | None = None
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many cases one direct branch of the asked unit has in one cell.

    unit_id: the unit directly below, or the asked unit itself for its own cases.
    """

    unit_id: int
    kind: str
    status: str
    pending: bool
    count: int
