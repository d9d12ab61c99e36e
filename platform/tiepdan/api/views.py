"""JSON for other programs. Its schemas are its own: a page may change, an interface may not."""

import json
from datetime import date
from enum import StrEnum

from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.api.keys import actor_of_key
from tiepdan.api.openapi import describe_api
from tiepdan.core.clock import today
from tiepdan.core.errors import Invalid
from tiepdan.petitions.rules import PetitionStatus
from tiepdan.petitions.service import PetitionFilter, PetitionRow, list_petitions
from tiepdan.sdk import PetitionKind
from tiepdan.web.blueprints import api_blueprint, public, requires

api = api_blueprint("api", __name__, url_prefix="/api/v1")

LARGEST_PAGE = 200
_BEARER = "Bearer "


def read_key() -> None:
    """Before a request to the API: the key says who asks; a browser's session does not count here."""
    if request.blueprint != api.name:
        return
    header = request.headers.get("Authorization", "")
    g.actor = None
    if g.tenant is not None and header.startswith(_BEARER):
        g.actor = actor_of_key(header.removeprefix(_BEARER).strip(), today())


@api.get("/petitions")
@requires("petitions.view")
def petitions() -> ResponseReturnValue:
    """List petitions, newest first, without names and contents."""
    wanted = PetitionFilter(
        status=_word(PetitionStatus, "status"),
        kind=_word(PetitionKind, "kind"),
        open_only=request.args.get("open") == "true",
        received_from=_day("received_from"),
        received_to=_day("received_to"),
    )
    page = list_petitions(wanted, actor=g.actor, on=today(), cursor=request.args.get("cursor"), size=_size())
    return _json({"items": [_item(row) for row in page.items], "next_cursor": page.next_cursor})


@api.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """Describe the interface."""
    return _json(describe_api(request.url_root.rstrip("/") + "/api/v1"))


def _item(row: PetitionRow) -> dict[str, object]:
    return {
        "id": str(row.id),
        "code": row.code,
        "matter_id": str(row.matter_id),
        "kind": row.kind,
        "field": row.field,
        "status": row.status,
        "outcome": row.outcome,
        "sealed": row.sealed,
        "people_count": row.people_count,
        "received_on": row.received_on.isoformat(),
        "due_on": _iso(row.due_on),
        "decided_on": _iso(row.decided_on),
        "closed_on": _iso(row.closed_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _json(value: object) -> Response:
    return current_app.response_class(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")), mimetype="application/json"
    )


def _word[W: StrEnum](words: type[W], name: str) -> W | None:
    text = request.args.get(name)
    if not text:
        return None
    try:
        return words(text)
    except ValueError as error:
        raise _invalid(name) from error


def _day(name: str) -> date | None:
    text = request.args.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _invalid(name) from error


def _size() -> int:
    text = request.args.get("limit", "50")
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_PAGE:
        raise _invalid("limit")
    return int(text)


def _invalid(name: str) -> Invalid:
    message = _("Tham số %(name)s không hợp lệ.", name=name)
    return Invalid(message, {name: message})
