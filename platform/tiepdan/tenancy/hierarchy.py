"""Who is above whom: the superior a file states, or the one the hierarchy of units implies."""

from flask_babel import gettext as _

from tiepdan.sdk import Branch, Level, TenantKind
from tiepdan.tenancy.bodies import Body
from tiepdan.tenancy.catalogue import Catalogue
from tiepdan.tenancy.faults import did_you_mean
from tiepdan.tenancy.file_format import Document
from tiepdan.tenancy.regimes import rank

# The committee that leads the other bodies of a branch. Courts and procuracies have none here:
# they answer to their own branch, whose head is no tenant.
_LEADING = {Branch.PARTY: TenantKind.PARTY_COMMITTEE, Branch.STATE: TenantKind.PEOPLES_COMMITTEE}


def resolve_superiors(document: Document, units: Catalogue, bodies: dict[str, Body]) -> None:
    """Give every body its superior; faults go into the document.

    A committee stands under the same committee of the unit above (of the next one above that, where that
    body is no tenant); another body under the leading committee of its branch in its own unit.
    """
    seats: dict[tuple[TenantKind, Level, str], str] = {}
    for body in sorted(bodies.values(), key=lambda body: not body.of_group):  # a unit's own committee first
        seats.setdefault((body.kind, body.level, body.unit.code), body.slug)
    for body in bodies.values():
        if body.superior is not None:
            _check_stated(document, bodies, body)
        elif not body.root:
            body.superior = _implied_superior(units, seats, body)
            if body.superior is None and body.level is not Level.PROVINCE:
                document.fault(
                    body.place,
                    _(
                        "“%(slug)s” chưa có cấp trên trong tệp này: khai thêm cơ quan cấp trên, "
                        "ghi superior, hoặc root = true.",
                        slug=body.slug,
                    ),
                )


def in_order(document: Document, bodies: dict[str, Body]) -> tuple[Body, ...]:
    """Return the bodies with every superior before its subordinates; a cycle is a fault."""
    depths: dict[str, int] = {}
    for slug in bodies:
        trail: list[str] = []
        current: str | None = slug
        while current is not None and current not in depths:
            if current in trail:
                cycle = [*trail[trail.index(current) :], current]
                document.fault(
                    bodies[current].place_of("superior"),
                    _(
                        "Cấp trên đi vòng: %(cycle)s. Hãy sửa superior của một cơ quan.",
                        cycle=" → ".join(cycle),
                    ),
                )
                depths[current] = 0
                break
            trail.append(current)
            above = bodies[current].superior
            current = above if above in bodies else None
        first = depths[current] + 1 if current is not None else 0
        for depth, passed in enumerate(reversed(trail), start=first):
            depths.setdefault(passed, depth)
    return tuple(sorted(bodies.values(), key=lambda body: depths[body.slug]))


def _implied_superior(units: Catalogue, seats: dict[tuple[TenantKind, Level, str], str], body: Body) -> str | None:
    leading = _LEADING.get(body.branch)
    if leading is None:
        return None
    for unit in units.ancestry(body.unit):
        seat = seats.get((leading, unit.level, unit.code))
        if seat is not None and seat != body.slug:
            return seat
    return None


def _check_stated(document: Document, bodies: dict[str, Body], body: Body) -> None:
    above = bodies.get(body.superior or "")
    path = body.place_of("superior")
    if above is None:
        document.fault(
            path,
            _("Cấp trên “%(slug)s” không có trong tệp này.", slug=body.superior)
            + did_you_mean(body.superior or "", bodies),
        )
        return
    if body.root:
        document.fault(body.place_of("root"), _("Đã ghi superior thì bỏ root = true."))
    if above.branch is not body.branch:
        document.fault(
            path,
            _(
                "Cấp trên phải cùng nhánh: “%(slug)s” thuộc nhánh %(branch)s, "
                "“%(above)s” thuộc nhánh %(other)s. "
                "Số liệu sang nhánh khác thì khai [[reporting_lines]].",
                slug=body.slug,
                branch=body.branch.value,
                above=above.slug,
                other=above.branch.value,
            ),
        )
    if rank(above.level) > rank(body.level):
        document.fault(
            path,
            _(
                "Cấp trên “%(above)s” (%(level_above)s) thấp hơn “%(slug)s” (%(level)s).",
                above=above.slug,
                level_above=above.level.value,
                slug=body.slug,
                level=body.level.value,
            ),
        )
