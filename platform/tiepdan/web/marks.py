"""The mark every endpoint carries: which permission opens it, or that it is public."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

type View = Callable[..., Any]

_ATTRIBUTE = "__tiepdan_mark__"


@dataclass(frozen=True, slots=True)
class Mark:
    """permission: the one needed; None for a public endpoint."""

    permission: str | None


def requires(permission: str) -> Callable[[View], View]:
    """Open an endpoint to actors who hold a permission."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, Mark(permission))
        return view

    return mark


def public(view: View) -> View:
    """Open an endpoint to everybody."""
    setattr(view, _ATTRIBUTE, Mark(None))
    return view


def mark_of(view: View | None) -> Mark | None:
    """Return an endpoint's mark, or None when it carries none (and must be refused)."""
    return getattr(view, _ATTRIBUTE, None)
