"""Which bodies a body may give work to: itself, those below it, and those of other branches in its own unit."""

from flask_babel import gettext as _

from tiepdan.core.errors import Invalid
from tiepdan.core.scope import tenant_scope
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import TenantView, list_tenants, tenant_by_id


def possible_receivers() -> list[TenantView]:
    """Return the bodies the tenant in scope may assign to: itself first, then by level and unit.

    A committee directs what is below it, and may ask the bodies of other branches in its own unit and below
    (a provincial committee the provincial people's committee; workflows of the conclusion notice).
    """
    own = tenant_by_id(tenant_scope().tenant_id)
    province = list_tenants(province_id=own.province_id, state=TenantState.ACTIVE)
    return sorted(
        (body for body in province if _may_assign(own, body, province)),
        key=lambda body: (body.id != own.id, body.path.count("."), body.branch, body.unit_code, body.id),
    )


def check_receiver(tenant_id: int) -> TenantView:
    """Return the receiver, or raise Invalid when the tenant in scope may not assign to it."""
    for body in possible_receivers():
        if body.id == tenant_id:
            return body
    message = _("Hãy chọn một cơ quan trong danh sách.")
    raise Invalid(message, {"receiver": message})


def _may_assign(own: TenantView, body: TenantView, province: list[TenantView]) -> bool:
    if body.path == own.path or body.path.startswith(f"{own.path}."):
        return True
    if body.branch is own.branch:
        return False
    counterparts = {
        other.id
        for other in province
        if other.branch is not own.branch and (other.unit_level, other.unit_code) == (own.unit_level, own.unit_code)
    }
    return body.id in counterparts or any(superior in counterparts for superior in body.ancestor_ids)
