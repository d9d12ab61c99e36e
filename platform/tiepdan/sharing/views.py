"""The superior's page: what is going on in the units below."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.errors import Invalid
from tiepdan.extensions.bilingual import in_language
from tiepdan.sharing.below import (
    MOST_COUNTED,
    PERMISSION,
    BelowFilter,
    look_below,
    months_below,
    open_summary,
    overdue_below,
    unit_below,
)
from tiepdan.sharing.more import MoreShared, more_of
from tiepdan.sharing.presenting import filter_choices, present_cases, present_units
from tiepdan.sharing.rules import Flag, flags_in
from tiepdan.sharing.words import FLAGS, KINDS, case_words
from tiepdan.tenancy.service import TenantView, names_below, names_by_id
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.charts import Series, plot_bars
from tiepdan.web.format import format_number

below = desk_blueprint("below", __name__, url_prefix="/below")

_FILTERS = ("unit", "kind", "status", "overdue", "from", "to", "flag")
_CHART_MONTHS = 12


@below.get("/")
@requires(PERMISSION)
def index() -> ResponseReturnValue:
    """List and count the cases of all units below."""
    wanted = _read_filter()
    answer = look_below(wanted, actor=g.actor, on=today(), cursor=request.args.get("cursor"))
    here = wanted.unit.id if wanted.unit else g.tenant.id
    units = names_below(here)
    trail = [] if wanted.unit is None else [i for i in wanted.unit.ancestor_ids if i not in _not_below()]
    chosen: dict[str, Any] = {name: value for name in _FILTERS if (value := request.args.get(name))}
    names = names_by_id({*(row.tenant_id for row in answer.page.items), *trail})
    return render_template(
        "sharing/below.html",
        base=url_for(".index"),
        answer=answer,
        rows=present_cases(answer.page.items, names, today()),
        unit_rows=present_units(units, answer.by_unit()),
        overdue=overdue_below(today(), wanted.unit, at_most=MOST_COUNTED),
        most_counted=MOST_COUNTED,
        wanted=wanted,
        trail=[(i, names[i]) for i in trail if i in names],
        unit_options=[(unit_id, short_name) for unit_id, _name, short_name in units],
        chosen=chosen,
        choices=filter_choices(str(g.get("locale", "vi"))),
        next_url=url_for(".index", **chosen, cursor=answer.page.next_cursor) if answer.page.next_cursor else "",
        first_url=url_for(".index", **chosen) if request.args.get("cursor") else "",
    )


@below.get("/months")
@requires(PERMISSION)
def months() -> ResponseReturnValue:
    """Draw the cases received below in the last twelve months."""
    unit = _read_unit()
    first = _months_before(today().replace(day=1), _CHART_MONTHS - 1)
    counted = months_below(first, actor=g.actor, unit=unit)
    columns = [_months_before(today().replace(day=1), back) for back in reversed(range(_CHART_MONTHS))]
    series = [
        Series(str(name), tuple(counted.get((month, kind), 0) for month in columns)) for kind, name in KINDS.items()
    ]
    chart = plot_bars([f"{month:%m/%y}" for month in columns], series)
    return render_template("sharing/months.html", chart=chart, unit=unit, any=bool(counted))


@below.get("/<int:tenant_id>/<uuid:case_id>")
@requires(PERMISSION)
def show(tenant_id: int, case_id: UUID) -> ResponseReturnValue:
    """Open one summary."""
    case, unit = open_summary(tenant_id, case_id, actor=g.actor)
    return render_template(
        "sharing/summary.html",
        case=case,
        unit=unit,
        more=[(in_language(one.label), _say_more(one)) for one in more_of(tenant_id, case_id)],
        kinds=KINDS,
        flag_names=[FLAGS[flag] for flag in flags_in(case.flags)],
        words=case_words(),
    )


def _say_more(one: MoreShared) -> str:
    if one.words is not None:
        return in_language(one.words)
    if isinstance(one.value, bool):
        return str(_("Có") if one.value else _("Không"))
    if isinstance(one.value, int | float):
        return format_number(one.value, len(str(one.value).partition(".")[2].rstrip("0")))
    return one.value


def _not_below() -> set[int]:
    return {g.tenant.id, *g.tenant.ancestor_ids}


def _read_filter() -> BelowFilter:
    flag = request.args.get("flag", "")
    try:
        return BelowFilter(
            unit=_read_unit(),
            kind=request.args.get("kind", ""),
            status=request.args.get("status", ""),
            overdue=request.args.get("overdue") == "1",
            first_month=_read_month("from"),
            last_month=_read_month("to"),
            flag=Flag[flag.upper()] if flag else None,
        )
    except (ValueError, KeyError) as error:
        raise Invalid(_("Bộ lọc không hợp lệ: hãy chọn lại trong danh sách.")) from error


def _read_unit() -> TenantView | None:
    raw = request.args.get("unit", "")
    return unit_below(int(raw)) if raw else None


def _read_month(name: str) -> date | None:
    raw = request.args.get(name, "")
    return date.fromisoformat(f"{raw}-01") if raw else None


def _months_before(month: date, back: int) -> date:
    number = month.year * 12 + month.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
