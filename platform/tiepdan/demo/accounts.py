"""Who may sign in to the demo: one login for every role."""

from collections.abc import Sequence
from dataclasses import dataclass

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter, platform_scope
from tiepdan.demo.people import official_name
from tiepdan.identity.accounts import create_account, find_account, grant_platform_role
from tiepdan.identity.memberships import grant_role
from tiepdan.identity.permissions import PlatformRole, Role
from tiepdan.tenancy.service import TenantView

PASSWORD = "lang nghe dan noi"  # noqa: S105 - printed for everybody to see


@dataclass(frozen=True, slots=True)
class Login:
    """A line of the table that `make demo` prints."""

    login: str
    role: str
    tenant: str
    slug: str


@dataclass(frozen=True, slots=True)
class _Seat:
    word: str
    label: str
    roles: tuple[Role, ...]


_SEATS = (
    _Seat("bithu", "Người đứng đầu", (Role.COMMITTEE_HEAD,)),
    _Seat("tiepdan", "Cán bộ tiếp công dân", (Role.RECEPTION_OFFICER,)),
    _Seat("xulydon", "Cán bộ xử lý đơn", (Role.PETITION_OFFICER,)),
    _Seat(
        "vanphong", "Văn phòng cấp ủy (tiếp dân, xử lý đơn, báo cáo)", (Role.RECEPTION_OFFICER, Role.PETITION_OFFICER)
    ),
    _Seat("giaiquyet", "Người giải quyết", (Role.HANDLER,)),
    _Seat("thanhtra", "Thanh tra, kiểm tra", (Role.INSPECTOR,)),
    _Seat("xem", "Người xem", (Role.VIEWER,)),
    _Seat("quantri", "Quản trị đơn vị", (Role.TENANT_ADMIN,)),
)
_FEW = ("bithu", "vanphong")


def make_platform_logins(province_id: int) -> list[Login]:
    """Make the operator and the IT administrator of a province."""
    logins = []
    for login, label, role, province in (
        ("vanhanh", "Vận hành nền tảng", PlatformRole.PLATFORM_OPERATOR, None),
        ("cntt.langson", "Quản trị CNTT tỉnh Lạng Sơn", PlatformRole.PROVINCE_ADMIN, province_id),
    ):
        with platform_scope(), transaction():
            if find_account(login) is None:
                account = create_account(login, official_name(login), password=PASSWORD)
                grant_platform_role(account.id, role, province_id=province)
        forget_session()
        logins.append(Login(login, label, "—", ""))
    return logins


def make_logins(tenant: TenantView, short: str, *, every_role: bool) -> list[Login]:
    """Make a tenant's people: every role, or just the head and the office."""
    seats: Sequence[_Seat] = [seat for seat in _SEATS if every_role or seat.word in _FEW]
    logins = []
    for seat in seats:
        login = f"{seat.word}.{short}"
        with enter(tenant.scope), transaction():
            if find_account(login) is None:
                known_by = tenant.slug if Role.COMMITTEE_HEAD in seat.roles else login
                account = create_account(login, official_name(known_by), password=PASSWORD)
                for role in seat.roles:
                    grant_role(account.id, role, actor=Actor.system(), confirmed=True)
        forget_session()
        logins.append(Login(login, seat.label, tenant.name, tenant.slug))
    return logins
