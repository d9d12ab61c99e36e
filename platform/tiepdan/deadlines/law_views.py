"""The law as we hold it, for everybody: each rule with its clause, its validity and how well we know it."""

from collections.abc import Iterable
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.deadlines import law_words
from tiepdan.deadlines.law import all_rules
from tiepdan.deadlines.provisions import Rule, Status
from tiepdan.web.blueprints import public, public_blueprint

law_pages = public_blueprint("law_pages", __name__, url_prefix="/law")


@law_pages.get("/")
@public
def index() -> ResponseReturnValue:
    """List the rules of a subject in force on a day, or all versions of them."""
    group = request.args.get("group", "")
    group = group if group in law_words.GROUP_LABELS else "party"
    on = _day(request.args.get("on"))
    status = next((each for each in Status if each.value == request.args.get("status")), None)
    found = list(_chosen(group, on, status))
    return render_template(
        "deadlines/law.html",
        rules=found,
        group=group,
        on=on,
        status=status,
        statuses=Status,
        counts={each: sum(rule.status is each for rule in all_rules().values()) for each in Status},
        words=law_words,
    )


def _chosen(group: str, on: date | None, status: Status | None) -> Iterable[Rule]:
    for rule in sorted(all_rules().values(), key=lambda rule: (rule.id.split("-")[0], _number(rule.id), rule.id)):
        if (
            rule.key.split(".")[0] == group
            and (on is None or rule.in_force(on))
            and (status is None or rule.status is status)
        ):
            yield rule


def _number(rule_id: str) -> int:
    digits = "".join(letter for letter in rule_id.split("-")[-1] if letter.isdigit())
    return int(digits or 0)


def _day(text: str | None) -> date | None:
    """Read the day asked for: none given means today, "all" or a bad one means every version."""
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
