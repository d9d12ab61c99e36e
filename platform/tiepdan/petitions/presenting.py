"""Make petitions ready for a page: words and pieces of markup chosen once, so that a row costs microseconds."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from markupsafe import Markup, escape

from tiepdan.core.actor import Actor
from tiepdan.petitions.disclosure import is_own_handler
from tiepdan.petitions.models import Petition
from tiepdan.petitions.queries import NEAR_DAYS, PetitionRow
from tiepdan.petitions.rules import AT_WORK, UNDECIDED, Outcome, PetitionStatus
from tiepdan.petitions.words import KINDS, OUTCOMES, STATUS_TONES, STATUSES, UNKNOWN_KIND
from tiepdan.sdk import PetitionKind
from tiepdan.web.format import describe_days_left, format_date, format_number

_ICONS = {
    "neutral": "circle-dashed",
    "info": "info-circle",
    "progress": "progress-check",
    "success": "circle-check",
}


def present_rows(rows: Sequence[PetitionRow], names: Mapping[UUID, str | None], on: date) -> Markup:
    """Write list rows as markup (templates/petitions/_cells.html); empty for no rows.

    names: by petition; None or absent where nobody may read or nobody is named.
    """
    if not rows:
        return Markup()
    place = (request.script_root, str(g.get("locale", "vi")))
    row_pattern, sealed, unnamed = _pieces(*place)
    lines = []
    for row in rows:
        name = names.get(row.id)
        hidden = row.sealed or (row.lead_person_id is not None and name is None)
        lines.append(
            row_pattern.format(
                id=row.id,
                code=row.code,
                received=_day(row.received_on),
                number=f"{row.register_number}/{row.register_year}",
                sender=sealed if hidden else escape(name) if name else unnamed,
                kind=_kind(*place, row.kind),
                status=_status(*place, row.status, row.outcome if row.status == _CLOSED else None),
                due=_due(*place, None if row.closed_on else row.due_on, on),
                people=format_number(row.people_count),
            )
        )
    return Markup("\n".join(lines))  # noqa: S704 - every value above is escaped or ours


_CLOSED = PetitionStatus.CLOSED.value


def _cells() -> Any:  # noqa: ANN401 - a template's module has its macros as attributes
    return current_app.jinja_env.get_template("petitions/_cells.html").module


@lru_cache(maxsize=1024)
def _pieces(_script_root: str, _locale: str) -> tuple[str, str, str]:
    """Return the row with its places, and what stands for a sealed and an absent name."""
    cells = _cells()
    return str(cells.row()), str(cells.sealed()), str(cells.unnamed())


@lru_cache(maxsize=4096)
def _kind(_script_root: str, _locale: str, kind: str | None) -> str:
    return str(escape(KINDS[PetitionKind(kind)] if kind else UNKNOWN_KIND))


@lru_cache(maxsize=4096)
def _status(_script_root: str, _locale: str, status: str, outcome: str | None) -> str:
    """Return the badge of a status; a closed petition shows its outcome."""
    word = PetitionStatus(status)
    tone = STATUS_TONES[word]
    return str(_cells().badge(OUTCOMES[Outcome(outcome)] if outcome else STATUSES[word], tone, _ICONS[tone]))


@lru_cache(maxsize=8192)
def _due(_script_root: str, _locale: str, due_on: date | None, on: date) -> str:
    """Return the chip of a deadline."""
    if due_on is None:
        return str(_cells().due("", "", "", ""))
    days = (due_on - on).days
    tone, icon = ("danger", "clock-exclamation") if days < 0 else ("neutral", "clock")
    if 0 <= days <= NEAR_DAYS:
        tone, icon = "warning", "hourglass"
    return str(_cells().due(describe_days_left(due_on, on), tone, icon, format_date(due_on)))


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return format_date(day)


@lru_cache(maxsize=64)
def list_choices(_locale: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return kinds and statuses for the list's filters, translated once per language."""
    kinds = [(kind.value, str(label)) for kind, label in KINDS.items()]
    return kinds, [(status.value, str(label)) for status, label in STATUSES.items()]


def choose_next_step(petition: Petition, actor: Actor) -> str | None:
    """Choose the one primary step for a person, an endpoint of the blueprint; None when nothing waits for them."""
    if petition.closed_on is not None:
        return None
    match PetitionStatus(petition.status):
        case PetitionStatus.REGISTERED:
            return "classify" if actor.may("petitions.classify") else None
        case PetitionStatus.CLASSIFIED:
            return "decide" if actor.may("petitions.decide") else None
        case PetitionStatus.ACCEPTED:
            return "assign" if actor.may("petitions.assign") else None
        case PetitionStatus.IN_PROGRESS:
            return "result" if is_own_handler(petition, actor) or actor.may("petitions.decide") else None
        case PetitionStatus.RESOLVED:
            return "close" if actor.may("petitions.close") else None
        case _:
            return "notice" if actor.may("petitions.decide") else None


def further_steps(petition: Petition, actor: Actor) -> list[str]:
    """Return the other steps a person may take, as endpoints of the blueprint."""
    if petition.closed_on is not None:
        return []
    status = PetitionStatus(petition.status)
    steps = [
        ("classify", status is PetitionStatus.CLASSIFIED and actor.may("petitions.classify")),
        ("assign", status in UNDECIDED | AT_WORK and actor.may("petitions.assign")),
        ("result", status is PetitionStatus.ACCEPTED and actor.may("petitions.decide")),
        ("notice", petition.notified_on is None and actor.may("petitions.decide")),
        ("take_back", status is PetitionStatus.TRANSFERRED and actor.may("petitions.decide")),
        ("link", actor.may("petitions.classify")),
        ("withdraw", status in UNDECIDED | AT_WORK and actor.may("petitions.close")),
    ]
    first = choose_next_step(petition, actor)
    return [endpoint for endpoint, may in steps if may and endpoint != first]
