"""The page on which a sender's wish to be told news is changed."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict
from tiepdan.petitions.forms import NewsForm
from tiepdan.petitions.news import PERMISSION, is_sender_told, set_news
from tiepdan.petitions.queries import petition_by_id
from tiepdan.petitions.views import petitions
from tiepdan.web.blueprints import requires
from tiepdan.web.idempotency import lead_to


@petitions.get("/<uuid:petition_id>/news")
@petitions.post("/<uuid:petition_id>/news", endpoint="news_sent")
@requires(PERMISSION)
def news(petition_id: UUID) -> ResponseReturnValue:
    """Show and keep whether the sender is told news."""
    petition = petition_by_id(petition_id)
    form = NewsForm()
    if request.method == "GET":
        form.news.data = is_sender_told(petition_id, actor=g.actor)
    elif form.validate():
        url = url_for("petitions.show", petition_id=petition_id)
        try:
            with transaction():
                set_news(petition_id, wanted=bool(form.news.data), actor=g.actor)
                lead_to(url)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            flash(_("Đã ghi ý muốn của người gửi."), "success")
            return redirect(url, 303)
    page = render_template("petitions/news.html", petition=petition, form=form)
    return page, 422 if request.method == "POST" else 200
