"""Who acts: the value every service asks for permission."""

from dataclasses import dataclass
from uuid import UUID

from tiepdan.core.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work in one tenant (or on the platform), or the platform itself.

    account_id: None for the platform's own jobs.
    roles, permissions: effective here and now; a right that waits for confirmation is not in it.
    """

    account_id: UUID | None
    name: str
    roles: frozenset[str]
    permissions: frozenset[str]
    tenant_id: int | None = None

    @staticmethod
    def system(*permissions: str, tenant_id: int | None = None) -> "Actor":
        """Return the platform as actor of a job or an import, with exactly these permissions."""
        return Actor(None, "Hệ thống", frozenset({"system"}), frozenset(permissions), tenant_id)

    def may(self, permission: str) -> bool:
        """Say whether the actor holds a permission."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise Forbidden unless the actor holds a permission."""
        if permission not in self.permissions:
            raise Forbidden(permission)
