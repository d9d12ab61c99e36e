"""The four words a service may raise, and the one for a missing scope.

Messages are Vietnamese sentences meant for people: they say what to do next.
"""

from collections.abc import Mapping


class DomainError(Exception):
    """Base of the four words; its message may be shown to the person who acted."""

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """There is no such record in this tenant. A neighbour's record is exactly as absent."""


class Forbidden(DomainError):
    """The actor lacks the right; carries the permission that was missing."""


class Conflict(DomainError):
    """The record changed or is in a state that does not allow the step."""


class Invalid(DomainError):
    """The input contradicts a rule.

    errors: field name → message, so that a form can show each beside its field.
    """

    def __init__(self, message: object = "", errors: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.errors = dict(errors or {})


class ScopeError(RuntimeError):
    """The program touched the database without saying for which tenant: a fault of ours, never of a user."""
