"""Pages of the steps: each shows its form, carries it out once, and leads back to the petition."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.identity.memberships import handlers
from tiepdan.petitions.classification import Classification, classify_petition, was_guided_before
from tiepdan.petitions.decision import (
    MadeDecision,
    decide_petition,
    decisions_open,
    record_notice,
    take_back_petition,
)
from tiepdan.petitions.forms import (
    AssignForm,
    ClassifyForm,
    CloseForm,
    DecideForm,
    LinkForm,
    NoticeForm,
    ReasonForm,
    ResultForm,
    StepForm,
)
from tiepdan.petitions.hints import hints_for
from tiepdan.petitions.loading import load_petition
from tiepdan.petitions.matters import find_matter, link_petition
from tiepdan.petitions.models import Petition
from tiepdan.petitions.replies import reply_rules_here
from tiepdan.petitions.rules import RESULTS_BY_KIND, Decision, Field, Outcome, conditions_for
from tiepdan.petitions.step_words import STEP_PAGES
from tiepdan.petitions.views import petitions
from tiepdan.petitions.words import CONDITIONS, DECISION_DETAILS, FIELDS, KIND_DETAILS, KINDS, OUTCOMES, RULINGS
from tiepdan.petitions.work import assign_petition, close_petition, record_result, withdraw_petition
from tiepdan.sdk import PetitionKind
from tiepdan.web.blueprints import requires
from tiepdan.web.idempotency import lead_to


def _page(step: str, petition: Petition, form: StepForm, **extra: object) -> str:
    if not form.version.data:
        form.version.data = str(petition.version)
    return render_template(
        "petitions/step.html", step=step, words=STEP_PAGES[step], petition=petition, form=form, **extra
    )


def _carry_out(
    step: str, petition: Petition, form: StepForm, do: Callable[[], object], **extra: object
) -> ResponseReturnValue:
    """Validate and carry out a step in one transaction; show the form again with what is wrong."""
    if form.validate():
        url = url_for("petitions.show", petition_id=petition.id)
        try:
            with transaction():
                do()
                lead_to(url)
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            flash(str(STEP_PAGES[step].done) % {"code": petition.code}, "success")
            return redirect(url, 303)
    return _page(step, load_petition(petition.id), form, **extra), 422


@petitions.get("/<uuid:petition_id>/classify")
@requires("petitions.classify")
def classify(petition_id: UUID) -> ResponseReturnValue:
    """Show the classification form; conditions start as met."""
    petition = load_petition(petition_id)
    guided = was_guided_before(petition)
    met = [word for word in CONDITIONS if not (guided and word == "not_guided_before")]
    competence = {True: "yes", False: "no", None: None}[petition.within_competence]
    form = ClassifyForm(kind=petition.kind, field=petition.field, conditions=met, within_competence=competence)
    return _page("classify", petition, form, **_classify_extra(petition))


@petitions.post("/<uuid:petition_id>/classify")
@requires("petitions.classify")
def classify_post(petition_id: UUID) -> ResponseReturnValue:
    """Classify."""
    petition, form = load_petition(petition_id), ClassifyForm()

    def do() -> None:
        found = Classification(
            kind=PetitionKind(form.kind.data),
            field=Field(form.field.data),
            within_competence=form.within_competence.data == "yes",
            met=frozenset(form.conditions.data or ()),
            several_places=form.several_places.data,
            complex_notice=form.complex_notice.data,
            reason=form.reason.data or "",
        )
        classify_petition(petition_id, found, actor=g.actor, on=today(), seen_version=form.seen_version)

    return _carry_out("classify", petition, form, do, **_classify_extra(petition))


def _classify_extra(petition: Petition) -> dict[str, object]:
    asked = {
        kind.value: [condition.word for condition in conditions_for(kind, anonymous=petition.anonymous)]
        for kind in PetitionKind
    }
    return {
        "kind_details": KIND_DETAILS,
        "asked": asked,
        "guided_before": was_guided_before(petition),
        "hints": hints_for(petition, actor=g.actor),
        "kinds": KINDS,
        "fields": FIELDS,
        "plugin_title": plugin_title,
    }


@petitions.get("/<uuid:petition_id>/decide")
@requires("petitions.decide")
def decide(petition_id: UUID) -> ResponseReturnValue:
    """Show the five ways; those that are not open say why."""
    petition = load_petition(petition_id)
    form = DecideForm()
    usual = next((one for one, ruling in decisions_open(petition, on=today()).items() if ruling is None), None)
    form.decision.data = usual.value if usual else None
    return _page("decide", petition, form, **_decide_extra(petition))


@petitions.post("/<uuid:petition_id>/decide")
@requires("petitions.decide")
def decide_post(petition_id: UUID) -> ResponseReturnValue:
    """Decide."""
    petition, form = load_petition(petition_id), DecideForm()

    def do() -> None:
        made = MadeDecision(
            decision=Decision(form.decision.data),
            reason=form.reason.data or "",
            document_number=form.document_number.data or "",
            body=form.body.data or "",
            notified_on=form.notified_on.data,
            second_instance=form.second_instance.data,
            complex_case=form.complex_case.data,
            remote=form.remote.data,
            confirmed=form.confirmations,
        )
        decide_petition(petition_id, made, actor=g.actor, on=today(), seen_version=form.seen_version)

    return _carry_out("decide", petition, form, do, **_decide_extra(petition))


def _decide_extra(petition: Petition) -> dict[str, object]:
    rulings = decisions_open(petition, on=today())
    details = {
        decision.value: DECISION_DETAILS[decision.value] if ruling is None else RULINGS[ruling]
        for decision, ruling in rulings.items()
    }
    guiding = rulings[Decision.GUIDE] is None
    return {"decision_details": details, "reply_rules": reply_rules_here() if guiding else None}


@petitions.get("/<uuid:petition_id>/notice")
@requires("petitions.decide")
def notice(petition_id: UUID) -> ResponseReturnValue:
    """Ask when the sender was told."""
    return _page("notice", load_petition(petition_id), NoticeForm(notified_on=today()))


@petitions.post("/<uuid:petition_id>/notice")
@requires("petitions.decide")
def notice_post(petition_id: UUID) -> ResponseReturnValue:
    """Record the notice."""
    petition, form = load_petition(petition_id), NoticeForm()
    return _carry_out(
        "notice", petition, form,
        lambda: record_notice(
            petition_id, notified_on=form.notified_on.data, document_number=form.document_number.data or "",
            actor=g.actor, on=today(), seen_version=form.seen_version,
        ),
    )  # fmt: skip


@petitions.get("/<uuid:petition_id>/assign")
@requires("petitions.assign")
def assign(petition_id: UUID) -> ResponseReturnValue:
    """Ask who works on it."""
    petition = load_petition(petition_id)
    form = _assign_form()
    form.handler_id.data = str(petition.handler_id or "")
    return _page("assign", petition, form)


@petitions.post("/<uuid:petition_id>/assign")
@requires("petitions.assign")
def assign_post(petition_id: UUID) -> ResponseReturnValue:
    """Assign."""
    petition, form = load_petition(petition_id), _assign_form()
    return _carry_out(
        "assign", petition, form,
        lambda: assign_petition(
            petition_id, UUID(form.handler_id.data), brief=form.brief.data or "",
            actor=g.actor, on=today(), seen_version=form.seen_version,
        ),
    )  # fmt: skip


def _assign_form() -> AssignForm:
    form = AssignForm()
    form.handler_id.choices = [
        SelectChoice("", _("Chọn người")),
        *(SelectChoice(str(one.account_id), one.full_name) for one in handlers()),
    ]
    return form


@petitions.get("/<uuid:petition_id>/result")
@requires("petitions.view")
def result(petition_id: UUID) -> ResponseReturnValue:
    """Ask how it was settled."""
    petition = load_petition(petition_id)
    return _page("result", petition, _result_form(petition), reply_rules=reply_rules_here())


@petitions.post("/<uuid:petition_id>/result")
@requires("petitions.view")
def result_post(petition_id: UUID) -> ResponseReturnValue:
    """Record the result; the service asks whether it is the handler or who decides."""
    petition = load_petition(petition_id)
    form = _result_form(petition)
    return _carry_out(
        "result", petition, form,
        lambda: record_result(
            petition_id, Outcome(form.outcome.data), form.result.data, document_number=form.document_number.data,
            actor=g.actor, on=today(), seen_version=form.seen_version, confirmed=form.confirmations,
        ),
        reply_rules=reply_rules_here(),
    )  # fmt: skip


def _result_form(petition: Petition) -> ResultForm:
    form = ResultForm()
    if petition.kind:
        form.outcome.choices = [
            SelectChoice(one.value, OUTCOMES[one]) for one in RESULTS_BY_KIND[PetitionKind(petition.kind)]
        ]
    return form


@petitions.get("/<uuid:petition_id>/close")
@requires("petitions.close")
def close(petition_id: UUID) -> ResponseReturnValue:
    """Ask when the citizen was told."""
    return _page("close", load_petition(petition_id), CloseForm(told_on=today()))


@petitions.post("/<uuid:petition_id>/close")
@requires("petitions.close")
def close_post(petition_id: UUID) -> ResponseReturnValue:
    """Close."""
    petition, form = load_petition(petition_id), CloseForm()
    return _carry_out(
        "close", petition, form,
        lambda: close_petition(
            petition_id, told_on=form.told_on.data, document_number=form.document_number.data or "",
            actor=g.actor, on=today(), seen_version=form.seen_version,
        ),
    )  # fmt: skip


@petitions.get("/<uuid:petition_id>/withdraw")
@requires("petitions.close")
def withdraw(petition_id: UUID) -> ResponseReturnValue:
    """Ask why it was withdrawn."""
    return _page("withdraw", load_petition(petition_id), ReasonForm())


@petitions.post("/<uuid:petition_id>/withdraw")
@requires("petitions.close")
def withdraw_post(petition_id: UUID) -> ResponseReturnValue:
    """Withdraw."""
    petition, form = load_petition(petition_id), ReasonForm()
    return _carry_out(
        "withdraw", petition, form,
        lambda: withdraw_petition(
            petition_id, reason=form.reason.data, actor=g.actor, on=today(), seen_version=form.seen_version
        ),
    )  # fmt: skip


@petitions.get("/<uuid:petition_id>/take_back")
@requires("petitions.decide")
def take_back(petition_id: UUID) -> ResponseReturnValue:
    """Ask why the receiver refused."""
    return _page("take_back", load_petition(petition_id), ReasonForm())


@petitions.post("/<uuid:petition_id>/take_back")
@requires("petitions.decide")
def take_back_post(petition_id: UUID) -> ResponseReturnValue:
    """Take back."""
    petition, form = load_petition(petition_id), ReasonForm()
    return _carry_out(
        "take_back", petition, form,
        lambda: take_back_petition(
            petition_id, reason=form.reason.data, actor=g.actor, on=today(), seen_version=form.seen_version
        ),
    )  # fmt: skip


@petitions.get("/<uuid:petition_id>/link")
@requires("petitions.classify")
def link(petition_id: UUID) -> ResponseReturnValue:
    """Ask for the other matter."""
    return _page("link", load_petition(petition_id), LinkForm())


@petitions.post("/<uuid:petition_id>/link")
@requires("petitions.classify")
def link_post(petition_id: UUID) -> ResponseReturnValue:
    """Move to the other matter."""
    petition, form = load_petition(petition_id), LinkForm()

    def do() -> None:
        matter = find_matter(form.matter_code.data)
        if matter is None:
            message = _("Không có vụ việc hay đơn nào mang mã này.")
            raise Invalid(message, {"matter_code": message})
        link_petition(petition_id, matter.id, actor=g.actor, on=today(), seen_version=form.seen_version)

    return _carry_out("link", petition, form, do)
