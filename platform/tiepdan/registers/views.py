"""Pages of registers: which there are, the entries of one, and these as a file."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.registers.addresses import FIRST, LAST, read_where
from tiepdan.registers.counting import count_by_register
from tiepdan.registers.exporting import export_entries
from tiepdan.registers.presenting import present_conditions, present_menus, present_rows
from tiepdan.registers.reading import page_of_entries, versions_kept, years_of
from tiepdan.registers.rules import RegisterType
from tiepdan.registers.service import has_registers, open_register, registers_here
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.navigation import NavLink

registers = desk_blueprint("registers", __name__, url_prefix="/registers")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for. year: chosen on the page; it is the span then."""

    first: date | None
    last: date | None
    year: str
    search: str
    struck: bool
    where: dict[str, Any]

    @property
    def narrowed(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.where or self.search or self.first or self.last)


def menu_links() -> list[NavLink]:
    """Return the menu's entry, where the committee has registers at all."""
    if not has_registers(g.actor, today()):
        return []
    current = request.blueprint == registers.name
    return [NavLink(url_for("registers.index"), str(_("Sổ theo dõi")), "list-details", current)]


@registers.get("/")
@requires("registers.view")
def index() -> ResponseReturnValue:
    """List the registers of the committee, with what was entered this year."""
    day = today()
    here = registers_here(day)
    counts = count_by_register(first=date(day.year, 1, 1), last=date(day.year, 12, 31))
    shown = [
        (each.register, plugin_title(each.plugin), each.plugin, counts.get((each.plugin, each.register.key), 0))
        for each in here.items
        if each.may_view(g.actor)
    ]
    failed = [plugin_title(plugin) for plugin in here.failed]
    return render_template("registers/index.html", shown=shown, failed=failed, year=day.year, in_language=in_language)


@registers.get("/<plugin>/<key>/")
@requires("registers.view")
def entries(plugin: str, key: str) -> ResponseReturnValue:
    """List the entries of a register, newest first."""
    register = open_register(plugin, key, actor=g.actor, on=today())
    asked = _read_query(register)
    page = page_of_entries(
        register,
        first=asked.first,
        last=asked.last,
        where=asked.where,
        search=asked.search,
        struck=asked.struck,
        cursor=request.args.get("cursor"),
    )
    menus = present_menus(register, asked.where)
    here = url_for("registers.entries", plugin=plugin, key=key)
    return render_template(
        "registers/entries.html",
        register=register,
        rows=present_rows(page.items, register, versions_kept(register)),
        asked=asked,
        menus=menus,
        conditions=present_conditions(register, asked.where, menus),
        years=[(str(year), str(year)) for year in years_of(register)],
        here=here,
        next_url=_with_query(here, cursor=page.next_cursor) if page.next_cursor else "",
        first_url=_with_query(here) if request.args.get("cursor") else "",
        export_url=_with_query(url_for("registers.export", plugin=plugin, key=key)),
        in_language=in_language,
        plugin_title=plugin_title(plugin),
    )


@registers.post("/<plugin>/<key>/export")
@requires("registers.export")
def export(plugin: str, key: str) -> ResponseReturnValue:
    """Write the list as a workbook; by POST, for the journal keeps that it was taken."""
    register = open_register(plugin, key, actor=g.actor, on=today())
    asked = _read_query(register)
    with transaction():
        content = export_entries(
            register,
            actor=g.actor,
            first=asked.first,
            last=asked.last,
            where=asked.where,
            search=asked.search,
            struck=asked.struck,
        )
    name = f"{key}-{g.tenant.slug}.xlsx"
    return send_file(BytesIO(content), mimetype=_XLSX, as_attachment=True, download_name=name)


def _read_query(register: RegisterType) -> Asked:
    """Read what narrows a list; a word that is none narrows nothing."""
    first, last = _day(FIRST), _day(LAST)
    year = request.args.get("year", "")
    if year.isdecimal() and len(year) == 4 and int(year):
        first, last = date(int(year), 1, 1), date(int(year), 12, 31)
    else:
        year = ""
    return Asked(
        first,
        last,
        year,
        request.args.get("q", "")[:_LONGEST_SEARCH].strip(),
        request.args.get("struck") == "1",
        dict(read_where(register, request.args)),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _with_query(url: str, **more: str) -> str:
    """Return an address with what narrows the present list."""
    kept = request.args.copy()
    kept.poplist("cursor")
    for name, value in more.items():
        kept[name] = value
    words = [(name, value) for name, value in kept.items(multi=True) if value]
    return f"{url}?{urlencode(words)}" if words else url
