"""The read model of a committee's records that plugins are given: bound to the committee it was made for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tiepdan.core.errors import ScopeError
from tiepdan.core.scope import tenant_scope
from tiepdan.counting.service import count, register_named
from tiepdan.registers.reading import list_entries
from tiepdan.sdk import Count, Entry

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class TenantRecords:
    """What `sdk.Records` promises. on: the day on which what is done or late is judged; None: the last counted."""

    plugin: str
    tenant_id: int
    on: date | None

    def count(self, what: Count, first: date, last: date) -> int:
        """Count what happened from first to last. Raises ValueError, ScopeError outside the committee."""
        self._refuse_elsewhere()
        return count(what, plugin=self.plugin, first=first, last=last, on=self.on)

    def entries(self, register: str, first: date, last: date, *, limit: int = 100) -> Sequence[Entry]:
        """Return entries of a register of the plugin, the newest first. Raises ValueError, ScopeError."""
        self._refuse_elsewhere()
        named = register_named(f"register:{register}", self.plugin)
        if named is None or named[0] != self.plugin or "/" in register:
            raise ValueError(f"register {register!r}: the key of a register of {self.plugin}")
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST_ENTRIES:
            raise ValueError(f"limit: from 1 to {MOST_ENTRIES}")
        return [
            Entry(register, entry.on, _plain(entry.values))
            for entry in list_entries(*named, first=first, last=last, limit=limit)
        ]

    def _refuse_elsewhere(self) -> None:
        if tenant_scope().tenant_id != self.tenant_id:
            raise ScopeError("these records belong to another committee")


def records_for(plugin: str, on: date | None = None) -> TenantRecords:
    """Return the records of the tenant in scope as a plugin reads them; useless once that scope is left."""
    return TenantRecords(plugin, tenant_scope().tenant_id, on)


def _plain(values: Mapping[str, object]) -> Mapping[str, str | int | float | bool]:
    return {name: value for name, value in values.items() if isinstance(value, str | int | float)}
