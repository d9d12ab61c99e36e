"""The public directory: find a body by name, or through province, district and commune.

Ten thousand bodies and more: nothing here lists all of them, and every answer is limited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tiepdan.core.db import db
from tiepdan.sdk import Branch, Level
from tiepdan.tenancy.models import ProvinceRow, Tenant, TenantState
from tiepdan.tenancy.names import fold

FOUND_AT_MOST = 30
BELOW_AT_MOST = 400  # a body has at most some 170 bodies directly below it
_LISTED = (TenantState.ACTIVE.value, TenantState.READ_ONLY.value, TenantState.SUSPENDED.value)
_LONGEST_QUERY = 80
_BRANCHES = {Branch.PARTY.value: 0, Branch.STATE.value: 1, Branch.JUDICIAL.value: 2}
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class ListedProvince:
    """A province that takes part."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ListedBody:
    """A body as the directory shows it. bodies_below: how many stand directly below it."""

    id: int
    slug: str
    name: str
    level: Level
    superior_slug: str | None
    superior_name: str | None
    province_slug: str
    province_name: str
    open_to_public: bool
    bodies_below: int


def list_provinces() -> Sequence[ListedProvince]:
    """Return the provinces with at least one listed body, by name without regard to marks."""
    has_body = sa.exists().where(Tenant.province_id == ProvinceRow.id, Tenant.state.in_(_LISTED))
    rows = db.session.execute(sa.select(ProvinceRow.slug, ProvinceRow.name).where(has_body)).all()
    return sorted((ListedProvince(row.slug, row.name) for row in rows), key=lambda found: fold(found.name))


def find_province(slug: str) -> ListedProvince | None:
    """Return a province by its slug; None if there is none."""
    row = db.session.execute(sa.select(ProvinceRow.slug, ProvinceRow.name).where(ProvinceRow.slug == slug)).first()
    return ListedProvince(row.slug, row.name) if row is not None else None


def find_bodies(text: str, *, limit: int = FOUND_AT_MOST) -> Sequence[ListedBody]:
    """Find bodies whose name or short name holds every word of a text, marks and case aside; the highest first.

    A text without letters or digits finds nothing.
    """
    words = fold(text[:_LONGEST_QUERY]).split("-")[:_MOST_WORDS]
    if not any(words):
        return []
    # The words are letters and digits only, so none of them is a pattern of LIKE. The slug is the folded short
    # name: it answers nearly every search. Both columns have an index of trigrams.
    return _bodies(_has_all(Tenant.slug, words), limit) or _bodies(_has_all(Tenant.folded, words), limit)


def bodies_of_province(slug: str) -> Sequence[ListedBody]:
    """Return the bodies of a province that have no superior: where the way down begins."""
    return _bodies(sa.and_(ProvinceRow.slug == slug, Tenant.superior_id.is_(None)), BELOW_AT_MOST)


def bodies_below(tenant_id: int) -> Sequence[ListedBody]:
    """Return the bodies directly below a body."""
    return _bodies(Tenant.superior_id == tenant_id, BELOW_AT_MOST)


def listed_body(slug: str) -> ListedBody | None:
    """Return one body by its slug; None if it is not listed."""
    found = _bodies(Tenant.slug == slug, 1)
    return found[0] if found else None


def _has_all(text: sa.SQLColumnExpression[str | None], words: Sequence[str]) -> sa.ColumnElement[bool]:
    return sa.and_(*(text.like(f"%{word}%") for word in words))


def _bodies(condition: sa.ColumnElement[bool], limit: int) -> Sequence[ListedBody]:
    above = aliased(Tenant)
    below = aliased(Tenant)
    level = sa.func.nlevel(Tenant.path)
    order = (sa.case(_BRANCHES, value=Tenant.branch), Tenant.unit_code, Tenant.id)
    # The limit comes first: only the rows that are shown are joined and counted.
    chosen = (
        sa.select(Tenant.id, level.label("depth"))
        .join(ProvinceRow, ProvinceRow.id == Tenant.province_id)
        .where(condition, Tenant.state.in_(_LISTED))
        .order_by(level, *order)
        .limit(limit)
        .subquery()
    )
    counted = (
        sa.select(sa.func.count())
        .where(below.superior_id == Tenant.id, below.state.in_(_LISTED))
        .correlate(Tenant)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Tenant.id,
        Tenant.slug,
        Tenant.name,
        Tenant.level,
        Tenant.state,
        above.slug.label("superior_slug"),
        above.name.label("superior_name"),
        ProvinceRow.slug.label("province_slug"),
        ProvinceRow.name.label("province_name"),
        counted.label("bodies_below"),
    )
    query = (
        sa.select(*columns)
        .join(chosen, chosen.c.id == Tenant.id)
        .join(ProvinceRow, ProvinceRow.id == Tenant.province_id)
        .outerjoin(above, above.id == Tenant.superior_id)
        .order_by(chosen.c.depth, *order)
    )
    return [
        ListedBody(
            id=row["id"],
            slug=row["slug"],
            name=row["name"],
            level=Level(row["level"]),
            superior_slug=row["superior_slug"],
            superior_name=row["superior_name"],
            province_slug=row["province_slug"],
            province_name=row["province_name"],
            open_to_public=row["state"] == TenantState.ACTIVE.value,
            bodies_below=row["bodies_below"],
        )
        for row in db.session.execute(query).mappings()
    ]
