"""Staff pages of petitions: list, one petition, opening what is sealed."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.deadlines.service import clocks_of
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.formparts.pages import draw_answers
from tiepdan.identity.accounts import names_by_account
from tiepdan.petitions.disclosure import disclose_brief, disclose_petition, is_own_handler
from tiepdan.petitions.history import SUBJECT
from tiepdan.petitions.matters import matter_by_id
from tiepdan.petitions.presenting import choose_next_step, further_steps, list_choices, present_rows
from tiepdan.petitions.queries import NoticeShown, PetitionFile, PetitionFilter, list_petitions, names_for, open_file
from tiepdan.petitions.rules import Field, PetitionStatus, Step
from tiepdan.petitions.step_words import STEP_PAGES
from tiepdan.petitions.words import (
    CONDITIONS,
    FIELDS,
    KINDS,
    MARKS,
    ORIGINS,
    OUTCOMES,
    PERSON_ROLES,
    STATUS_TONES,
    STATUSES,
    STEPS,
)
from tiepdan.sdk import PetitionKind
from tiepdan.sharing.service import standing_above
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.disclosing import DiscloseForm
from tiepdan.web.paging import Page

petitions = desk_blueprint("petitions", __name__, url_prefix="/petitions")


@petitions.get("/")
@requires("petitions.view")
def index() -> ResponseReturnValue:
    """List petitions, newest first."""
    wanted = _filter_from_query()
    page = list_petitions(wanted, actor=g.actor, on=today(), cursor=request.args.get("cursor"))
    return _list_page(page, wanted, today())


@petitions.post("/search")
@requires("petitions.view")
def search() -> ResponseReturnValue:
    """Find by code or by a person's name; by POST, so that no name stands in an address or a log of addresses."""
    wanted = PetitionFilter(search=request.form.get("q", "")[:200])
    page = list_petitions(wanted, actor=g.actor, on=today())
    return _list_page(Page(page.items, None), wanted, today())


@petitions.get("/<uuid:petition_id>")
@requires("petitions.view")
def show(petition_id: UUID) -> ResponseReturnValue:
    """Show one petition."""
    return _petition_page(open_file(petition_id, actor=g.actor), DiscloseForm())


@petitions.post("/<uuid:petition_id>/disclose")
@requires("identities.unseal")
def disclose(petition_id: UUID) -> ResponseReturnValue:
    """Open identity and content of a sealed petition, once, for a reason that is journalled first."""
    form, file = DiscloseForm(), open_file(petition_id, actor=g.actor)
    opened = form.open_for_reason(lambda reason: disclose_petition(petition_id, actor=g.actor, reason=reason))
    if opened is None:
        return _petition_page(file, form), 422
    return render_template(
        "petitions/disclosed.html",
        petition=file.petition,
        opened=opened,
        answers=draw_answers(opened.answers),
        person_roles=PERSON_ROLES,
    )


@petitions.post("/<uuid:petition_id>/brief")
@requires("petitions.resolve")
def brief(petition_id: UUID) -> ResponseReturnValue:
    """Open the extract that was written for the handler of a sealed petition."""
    form, file = DiscloseForm(), open_file(petition_id, actor=g.actor)
    text = form.open_for_reason(lambda reason: disclose_brief(petition_id, actor=g.actor, reason=reason))
    if text is None:
        return _petition_page(file, form), 422
    return render_template("petitions/brief.html", petition=file.petition, text=text)


def _list_page(page: Page, wanted: PetitionFilter, on: date) -> str:  # type: ignore[type-arg]  # rows of the query
    base = url_for("petitions.index")
    kinds, statuses = list_choices(str(g.get("locale", "vi")))
    return render_template(
        "petitions/index.html",
        rows=present_rows(page.items, names_for(page.items), on),
        base=base,
        wanted=wanted,
        tab=_tab_of(wanted),
        next_url=_next_url(page.next_cursor),
        first_url=base if request.args.get("cursor") else "",
        kinds=kinds,
        statuses=statuses,
    )


def _petition_page(file: PetitionFile, form: DiscloseForm) -> str:
    petition = file.petition
    accounts = {step.account_id for step in file.steps} | {step.handler_id for step in file.steps}
    names = names_by_account({account for account in (*accounts, petition.handler_id) if account})
    first = choose_next_step(petition, g.actor)
    return render_template(
        "petitions/show.html",
        petition=petition,
        file=file,
        form=form,
        matter=matter_by_id(petition.matter_id),
        clocks=clocks_of(SUBJECT, [petition.id])[petition.id],
        answers=draw_answers(file.answers),
        above=standing_above(petition.id, petition.kind, petition.received_on, sealed=petition.sealed),
        plugin_title=plugin_title,
        names=names,
        timeline=_timeline(file, names),
        first=(first, STEP_PAGES[first].label) if first else None,
        further=[(name, STEP_PAGES[name].label) for name in further_steps(petition, g.actor)],
        status=PetitionStatus(petition.status),
        may_disclose=petition.sealed and g.actor.may("identities.unseal"),
        may_read_brief=petition.sealed and is_own_handler(petition, g.actor),
        kinds=KINDS, fields=FIELDS, origins=ORIGINS, statuses=STATUSES, tones=STATUS_TONES,
        outcomes=OUTCOMES, person_roles=PERSON_ROLES, marks=MARKS,
    )  # fmt: skip


def _timeline(file: PetitionFile, names: dict[UUID, str]) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for step in file.steps:
        notes = [
            _("Số %(number)s", number=step.document_number) if step.document_number else "",
            step.body or "",
            _("Chưa đáp ứng: %(conditions)s", conditions=_conditions(step.failed)) if step.failed else "",
            names.get(step.handler_id, "") if step.handler_id else "",
            file.reasons.get(step.reason_id) or "" if step.reason_id else "",
        ]
        lines.append(
            {
                "title": str(STEPS[Step(step.step)]),
                "at": step.taken_on.strftime("%d/%m/%Y"),
                "who": names.get(step.account_id, "") if step.account_id else str(_("Hệ thống")),
                "text": " · ".join(note for note in notes if note),
                "state": "done",
            }
        )
    return lines


def _conditions(failed: str) -> str:
    return ", ".join(str(CONDITIONS[word]) for word in failed.split(",") if word in CONDITIONS)


def _filter_from_query() -> PetitionFilter:
    tab = request.args.get("tab", "all")
    return PetitionFilter(
        status=_word(PetitionStatus, "status"),
        kind=_word(PetitionKind, "kind"),
        field=_word(Field, "field"),
        due=tab if tab in {"overdue", "near"} else "",
        handler_id=g.actor.account_id if tab == "mine" else None,
        open_only=tab == "open",
        received_from=_day("received_from"),
        received_to=_day("received_to"),
        notice=_word(NoticeShown, "notice"),
    )


def _day(name: str) -> date | None:
    """Read a day from the query; one that is none narrows nothing."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _word[W: StrEnum](words: type[W], name: str) -> W | None:
    """Read a word of an enum from the query; an unknown one narrows nothing."""
    try:
        return words(request.args.get(name, ""))
    except ValueError:
        return None


def _tab_of(wanted: PetitionFilter) -> str:
    if wanted.due:
        return wanted.due
    if wanted.handler_id is not None:
        return "mine"
    return "open" if wanted.open_only else "all"


def _next_url(cursor: str | None) -> str:
    if cursor is None:
        return ""
    kept = {key: value for key, value in request.args.items() if key != "cursor" and value}
    return url_for("petitions.index", **kept, cursor=cursor)  # type: ignore[arg-type]  # the query's own words
