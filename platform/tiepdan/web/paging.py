"""Keyset paging: the next page starts after the last row seen, whatever was added meanwhile."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tiepdan.core.errors import Invalid

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page[T]:
    """One page of a list; next_cursor is None on the last."""

    items: Sequence[T]
    next_cursor: str | None


def encode_cursor(*values: str) -> str:
    """Pack the sort key of the last row for a URL."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, length: int) -> list[str] | None:
    """Unpack a cursor of `length` values; raise Invalid for one that was tampered with."""
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise Invalid("cursor") from error
    if not isinstance(values, list) or len(values) != length or not all(isinstance(v, str) for v in values):
        raise Invalid("cursor")
    return values


def decode_day_cursor(cursor: str | None) -> tuple[date, UUID] | None:
    """Unpack a cursor of a day and an id, as most lists have; raise Invalid for one that was tampered with."""
    values = decode_cursor(cursor, 2)
    if values is None:
        return None
    try:
        return date.fromisoformat(values[0]), UUID(values[1])
    except ValueError as error:
        raise Invalid("cursor") from error


def page_by_place[T](items: Sequence[T], cursor: str | None) -> Page[T]:
    """Cut one page of a list whose rows do not move any more, so that a place is a key; raise Invalid as above."""
    after = decode_cursor(cursor, 1)
    try:
        start = int(after[0]) if after else 0
    except ValueError as error:
        raise Invalid("cursor") from error
    if start < 0:
        raise Invalid("cursor")
    end = start + PAGE_SIZE
    return Page(items[start:end], encode_cursor(str(end)) if len(items) > end else None)
