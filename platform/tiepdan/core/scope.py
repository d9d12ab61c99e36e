"""For which tenant the program is working, ambient and checked.

The scope is the only ambient value of the platform. `core.db` binds it to every transaction, so
PostgreSQL's row-level security and Python agree on who is asking.
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from tiepdan.core.errors import ScopeError

_PATH = re.compile(r"t[0-9]+(\.t[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Scope:
    """One tenant, and the account that acts in it.

    path: ltree labels of the tenant and its superiors, root first: "t1.t17.t230".
    """

    tenant_id: int
    slug: str
    path: str
    account_id: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse a path that is no path: it becomes part of a SET LOCAL statement."""
        if not _PATH.fullmatch(self.path) or self.path.rsplit(".", 1)[-1] != f"t{int(self.tenant_id)}":
            raise ScopeError(f"path {self.path!r} does not end in tenant {self.tenant_id}")


@dataclass(frozen=True, slots=True)
class PlatformScope:
    """No tenant: platform tables only; fenced tables show no rows."""

    account_id: UUID | None = None


type AnyScope = Scope | PlatformScope

_current: ContextVar[AnyScope | None] = ContextVar("tiepdan_scope", default=None)


@contextmanager
def enter(scope: AnyScope) -> Iterator[AnyScope]:
    """Work for a tenant inside the block.

    A session that already holds rows of another tenant refuses to go on (`core.db`), because its
    identity map would hand out the neighbour's objects.
    """
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


def platform_scope(account_id: UUID | None = None) -> AbstractContextManager[AnyScope]:
    """Work on platform tables inside the block, with no tenant bound."""
    return enter(PlatformScope(account_id))


def current_scope() -> AnyScope:
    """Return the scope in force; raise ScopeError when nobody said for whom we work."""
    scope = _current.get()
    if scope is None:
        raise ScopeError("no scope: wrap the work in enter(Scope(...)) or platform_scope()")
    return scope


def tenant_scope() -> Scope:
    """Return the tenant in force; raise ScopeError outside a tenant."""
    scope = current_scope()
    if not isinstance(scope, Scope):
        raise ScopeError("this work belongs to a tenant, but only the platform scope is entered")
    return scope
