"""A form is carried out once: its token is written in the transaction that does what it asks.

A repeated POST (double click, reload, a phone that lost the answer) is led to where the first one went.
"""

from datetime import datetime
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from flask import Response, flash, g, redirect, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from tiepdan.core.db import Base, TenantRow, db
from tiepdan.core.inserts import insert_row

FIELD = "_token"


class FormToken(TenantRow, Base):
    """A form that was carried out, and where its sender was led."""

    __tablename__ = "form_token"
    __table_args__ = (sa.Index("ix_form_token_made_at", "tenant_id", "made_at"),)

    location: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


_TOKENS = cast("sa.Table", FormToken.__table__)


class AlreadyDone(Exception):
    """The form was carried out before; `location` is where the first answer led, None while it is not known."""

    def __init__(self, token: UUID, location: str | None = None) -> None:
        super().__init__(str(token))
        self.token = token
        self.location = location


def read_form_token() -> UUID | None:
    """Return the token a POST brings; None for a request without one."""
    if request.method != "POST":
        return None
    try:
        return UUID(request.form.get(FIELD, ""))
    except ValueError:
        return None


def remember_form(token: UUID | None, location: str | None) -> None:
    """Keep what the door found out about the request's form: its token, and where it led if it was carried out."""
    g.form_seen = token, location


def check_form_token() -> None:
    """After the guard, before the view: raise AlreadyDone for a token that was used."""
    token, location = g.pop("form_seen", (None, None))
    if token is not None and location is not None:
        raise AlreadyDone(token, location)
    g.form_token = token


def lead_to(location: str) -> None:
    """Inside the view's transaction: say where a repetition of this form shall be led."""
    g.form_location = location


def claim_form_token() -> None:
    """At the end of the transaction: use the token up; a parallel twin fails here and is rolled back."""
    token = g.pop("form_token", None)  # a request that commits twice carries its form out once
    if token is None:
        return
    db.session.flush()  # a fault of the work itself is no repetition
    try:
        insert_row(_TOKENS, {"id": token, "location": g.get("form_location") or request.script_root + "/"})
    except IntegrityError as error:
        # What this twin made is rolled back, so its own location leads nowhere: the first one's does.
        raise AlreadyDone(token) from error


def answer_repetition(done: AlreadyDone) -> Response:
    """Lead a repeated POST to where the first one went."""
    flash(_("Biểu mẫu này đã được ghi nhận trước đó; không có gì được ghi hai lần."), "info")
    location = done.location or _location_of(done.token) or f"{request.script_root}/"
    return redirect(location, 303)  # type: ignore[return-value]  # Flask's redirect gives its own Response


def _location_of(token: UUID) -> str | None:
    return db.session.scalar(sa.select(FormToken.location).where(FormToken.id == token))
