"""To whom a petition may go: the bodies of the province, and the warning when it would go in a circle."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from tiepdan.core.scope import tenant_scope
from tiepdan.handovers.reading import way_of
from tiepdan.handovers.rules import finds_loop, nearest_common_superior
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.names import fold
from tiepdan.tenancy.service import TenantView, list_tenants, tenant_by_id, tenants_by_id

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Loop:
    """A petition would come back to where it was (A → B → A).

    bodies: where it was, in order, each once. proposed: the nearest body above all of them, if there is one.
    """

    bodies: Sequence[TenantView]
    proposed: TenantView | None


def search_bodies(text: str) -> list[TenantView]:
    """Find the bodies of our province by name, whatever its accents; the nearest level first, at most thirty."""
    words = fold(text).split()
    own = tenant_by_id(tenant_scope().tenant_id)
    if not words:
        return []
    found = [
        body
        for body in list_tenants(province_id=own.province_id, state=TenantState.ACTIVE)
        if body.id != own.id and all(word in fold(f"{body.name} {body.short_name}") for word in words)
    ]
    return found[:MOST_FOUND]


def find_loop(petition_id: UUID, receiver_id: int) -> Loop | None:
    """Say whether a petition was with a body before, and who stands above all that had it."""
    legs = way_of(petition_id)
    if not finds_loop(legs, receiver_id):
        return None
    ids = list(dict.fromkeys(body for leg in legs for body in (leg.from_id, leg.to_id)))
    known = tenants_by_id(ids)
    bodies = [known[i] for i in ids if i in known]
    above = nearest_common_superior([body.path for body in bodies])
    return Loop(bodies, tenant_by_id(above) if above is not None else None)


def describe_loop(loop: Loop) -> str:
    """Say in words where the petition was, and whom to ask instead."""
    way = " → ".join(body.name for body in loop.bodies)
    if loop.proposed is None:
        return str(
            _(
                "Đơn này đã qua: %(way)s. Chuyển vòng làm công dân chờ mà không ai giải quyết: "
                "hãy xin ý kiến cấp trên, hoặc xác nhận vẫn chuyển.",
                way=way,
            )
        )
    return str(
        _(
            "Đơn này đã qua: %(way)s. Thay vì chuyển vòng, hãy trình %(superior)s là cấp trên chung "
            "gần nhất để xác định cơ quan giải quyết, hoặc xác nhận vẫn chuyển.",
            way=way,
            superior=loop.proposed.name,
        )
    )
