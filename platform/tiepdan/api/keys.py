"""Keys of the API: made once, shown once, stored as a hash, revoked at any time."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.api.models import ApiKey
from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import now
from tiepdan.core.db import db, independent_transaction
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope

PREFIX = "tdk_"
HINT_LENGTH = 8
# What a program with a key may do: read the list, never a name (docs/api).
KEY_PERMISSIONS = frozenset({"petitions.view"})


_KEYS = cast("sa.Table", ApiKey.__table__)


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key; `secret` is shown once and stored nowhere."""

    id: UUID
    secret: str


def make_key(label: str, *, expires_on: date | None, actor: Actor, on: date) -> MadeKey:
    """Make a key for the tenant in scope. Raises Forbidden, Invalid."""
    actor.require("keys.manage")
    errors: dict[str, object] = {}
    if not label.strip():
        errors["label"] = _("Hãy ghi chương trình nào dùng khóa này.")
    latest = _year_after(on)
    if expires_on is not None and not on < expires_on <= latest:
        errors["expires_on"] = _("Ngày hết hạn phải sau hôm nay và trong vòng một năm.")
    if errors:
        raise Invalid(_("Còn thông tin chưa đúng."), errors)
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(
        label=label.strip(),
        hint=secret[: len(PREFIX) + HINT_LENGTH],
        key_hash=hash_key(secret),
        made_by=actor.account_id,
        expires_on=expires_on or latest,
    )
    db.session.add(key)
    db.session.flush()
    record_event("api_key.made", actor=actor, subject_type="api_key", subject_id=key.id)
    return MadeKey(key.id, secret)


def revoke_key(key_id: UUID, *, actor: Actor) -> None:
    """End a key at once. Raises Forbidden, NotFound, Conflict."""
    actor.require("keys.manage")
    key = db.session.scalar(sa.select(ApiKey).where(ApiKey.id == key_id).with_for_update())
    if key is None:
        raise NotFound(f"api key {key_id}")
    if key.revoked_at is not None:
        raise Conflict(_("Khóa này đã bị thu hồi."))
    key.revoked_at = now()
    key.revoked_by = actor.account_id
    record_event("api_key.revoked", actor=actor, subject_type="api_key", subject_id=key.id)


def list_keys(*, actor: Actor) -> Sequence[ApiKey]:
    """Return the tenant's keys, the newest first, revoked ones too."""
    actor.require("keys.manage")
    return db.session.scalars(sa.select(ApiKey).order_by(ApiKey.made_at.desc(), ApiKey.id)).all()


def actor_of_key(secret: str, on: date) -> Actor | None:
    """Return the actor a key stands for in the tenant in scope; None for a key that is not good here today."""
    row = db.session.execute(
        sa.select(_KEYS.c.id, _KEYS.c.hint, _KEYS.c.expires_on, _KEYS.c.last_used_on).where(
            _KEYS.c.key_hash == hash_key(secret), _KEYS.c.revoked_at.is_(None)
        )
    ).first()
    if row is None or (row.expires_on is not None and row.expires_on < on):
        return None
    if row.last_used_on != on:
        _note_use(row.id, on)
    return Actor(None, row.hint, frozenset({"api_key"}), KEY_PERMISSIONS, tenant_scope().tenant_id)


def hash_key(secret: str) -> bytes:
    """Hash a key for storage: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).digest()


def _year_after(on: date) -> date:
    """Return the same day next year: no key lives longer."""
    return on.replace(year=on.year + 1, day=28 if (on.month, on.day) == (2, 29) else on.day)


def _note_use(key_id: UUID, on: date) -> None:
    """Write down, once a day, that a key is in use."""
    with independent_transaction() as connection:
        connection.execute(sa.update(ApiKey).where(ApiKey.id == key_id).values(last_used_on=on))
