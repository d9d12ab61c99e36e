"""Pages of messages: the log, what is told by which channel, letters to print."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.db import transaction
from tiepdan.core.errors import Invalid
from tiepdan.notifications import words
from tiepdan.notifications.channels import ways_here
from tiepdan.notifications.forms import plan_form, read_plan_form, texts_of
from tiepdan.notifications.letters import MARK, PERMISSION, letter_by_id, letters_to_print
from tiepdan.notifications.letters import mark_printed as mark_letter_printed
from tiepdan.notifications.log import VIEW, count_undelivered, list_messages
from tiepdan.notifications.log import try_again as try_all_again
from tiepdan.notifications.plan import MANAGE, field_name, read_plan, save_plan
from tiepdan.notifications.rules import Audience, MessageState, happenings_for
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

notifications = desk_blueprint("notifications", __name__, url_prefix="/notifications")


@notifications.get("/")
@requires(VIEW)
def index() -> ResponseReturnValue:
    """Show the delivery log."""
    asked = request.args.get("state", "")
    state = MessageState(asked) if asked in set(MessageState) else None
    ways = ways_here()
    return render_template(
        "notifications/index.html",
        page=list_messages(actor=g.actor, state=state, cursor=request.args.get("cursor")),
        undelivered=count_undelivered(),
        state=state,
        titles={way.key: way.title for way in ways.items},
        failed=ways.failed,
        not_ready=[way.title for way in ways.items if not way.ready],
        words=words,
    )


@notifications.post("/again")
@requires(MANAGE)
def again() -> ResponseReturnValue:
    """Try the undelivered messages once more."""
    with transaction():
        try_all_again(actor=g.actor)
        lead_to(url_for(".index"))
    flash(_("Đang gửi lại các tin."), "success")
    return redirect(url_for(".index"), 303)


@notifications.get("/settings")
@notifications.post("/settings", endpoint="save")
@requires(MANAGE)
def settings() -> ResponseReturnValue:
    """Show and keep what is told by which channel."""
    ways = ways_here()
    form = plan_form(ways, read_plan())
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with transaction():
                    save_plan(read_plan_form(form), actor=g.actor)
                    lead_to(url_for(".settings"))
            except Invalid as fault:
                form.show_errors(fault)
            else:
                flash(_("Đã lưu. Thay đổi có hiệu lực với việc xảy ra từ bây giờ."), "success")
                return redirect(url_for(".settings"), 303)
    page = render_template(
        "notifications/settings.html",
        form=form,
        ways=ways,
        groups=[(words.AUDIENCES[audience], happenings_for(audience)) for audience in Audience],
        field_name=field_name,
        texts_of=texts_of,
    )
    return page, status


@notifications.get("/letters")
@requires(PERMISSION)
def letters() -> ResponseReturnValue:
    """Show the letters to print."""
    return render_template("notifications/letters.html", letters=letters_to_print(actor=g.actor), words=words)


@notifications.get("/letters/<uuid:letter_id>")
@requires(PERMISSION)
def letter(letter_id: UUID) -> ResponseReturnValue:
    """Show a letter ready to print."""
    return render_template("notifications/letter.html", letter=letter_by_id(letter_id, actor=g.actor))


@notifications.post("/letters/<uuid:letter_id>/printed")
@requires(MARK)
def mark_printed(letter_id: UUID) -> ResponseReturnValue:
    """Note that a letter was printed."""
    with transaction():
        mark_letter_printed(letter_id, actor=g.actor)
        lead_to(url_for(".letters"))
    flash(_("Đã ghi: thư đã in."), "success")
    return redirect(url_for(".letters"), 303)
