"""Who works in a tenant and as what; appointments from outside wait for the head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.clock import TIMEZONE, now
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.accounts import create_account, find_account, issue_invitation
from tiepdan.identity.models import Account, Membership
from tiepdan.identity.permissions import Role, permissions_of, touches_cases
from tiepdan.tenancy.service import TenantView, tenants_by_id


@dataclass(frozen=True, slots=True)
class Member:
    """A membership with the name of its person, for a page."""

    id: UUID
    account_id: UUID
    full_name: str
    login: str
    role: Role
    granted_at: datetime
    granted_from_platform: bool
    confirmed: bool
    valid_until: datetime | None

    @property
    def until(self) -> date | None:
        """Return the last day on which it counts; None without end."""
        return (self.valid_until.astimezone(TIMEZONE) - timedelta(microseconds=1)).date() if self.valid_until else None


def list_members(*, actor: Actor) -> Sequence[Member]:
    """Return the live memberships of the tenant, by name."""
    actor.require("members.view")
    return _members()


def member_by_id(membership_id: UUID, *, actor: Actor) -> Member:
    """Return one live membership of the tenant. Raises Forbidden, NotFound."""
    found = next((member for member in list_members(actor=actor) if member.id == membership_id), None)
    if found is None:
        raise NotFound(f"membership {membership_id}")
    return found


def pending_members(*, actor: Actor) -> Sequence[Member]:
    """Return the appointments that wait for the head's confirmation."""
    actor.require("members.confirm")
    return [member for member in _members() if not member.confirmed]


def handlers() -> Sequence[Member]:
    """Return the confirmed members who may be given a petition or a task, one line a person."""
    found = {m.account_id: m for m in _members() if m.confirmed and touches_cases(m.role) and m.role is not Role.VIEWER}
    return list(found.values())


def accounts_who_may(permission: str) -> set[UUID]:
    """Return the people of the tenant whose roles allow something now."""
    return {m.account_id for m in _members() if permission in permissions_of(m.role, confirmed=m.confirmed)}


def invite_member(
    login: str, full_name: str, roles: Sequence[Role], *, actor: Actor, until: date | None = None
) -> tuple[UUID, str | None]:
    """Give a person roles here; return the account and, for a new one, the invitation's token.

    until: the last day on which the roles count, in Asia/Ho_Chi_Minh; None without end.
    What the administrator of a tenant grants waits for the head whenever it touches cases; only a tenant
    that has no head yet may get its first one without. Raises Forbidden, Invalid, Conflict.
    """
    actor.require("members.manage")
    return _invite(login, full_name, roles, actor=actor, from_platform=False, until=until)


def appoint_administrator(login: str, full_name: str, *, actor: Actor) -> tuple[UUID, str | None]:
    """Appoint a tenant's administrator from the platform (by a provincial IT administrator).

    The appointee holds no right over cases until the head confirms, and the head is shown it.
    """
    actor.require("fleet.invite")
    return _invite(login, full_name, [Role.TENANT_ADMIN], actor=actor, from_platform=True)


def grant_role(
    account_id: UUID,
    role: Role,
    *,
    actor: Actor,
    confirmed: bool,
    from_platform: bool = False,
    until: date | None = None,
) -> Membership:
    """Write one membership; the caller has decided whether it is confirmed.

    until: the last day on which it counts, in Asia/Ho_Chi_Minh; None without end.
    Raises Conflict for a role the person has, also when another administrator gives it in the same moment.
    """
    valid_until = end_of_day(until)
    db.session.execute(  # one that ran out has ended: it is no obstacle to a new one
        sa.update(Membership)
        .where(_here(), Membership.account_id == account_id, Membership.role == role.value)
        .where(Membership.ended_at.is_(None), Membership.valid_until <= now())
        .values(ended_at=Membership.valid_until)
    )
    written = db.session.scalar(
        insert(Membership)
        .values(
            id=new_id(),
            tenant_id=tenant_scope().tenant_id,
            account_id=account_id,
            role=role.value,
            granted_by=actor.account_id,
            granted_from_platform=from_platform,
            confirmed_at=now() if confirmed else None,
            valid_until=valid_until,
        )
        .on_conflict_do_nothing()
        .returning(Membership)
    )
    if written is None:
        raise Conflict(_("Người này đã có vai trò đó."))
    membership: Membership = written
    record_event(
        "membership.granted",
        actor=actor,
        subject_type="membership",
        subject_id=membership.id,
        detail={
            "role": role.value,
            "account_id": str(account_id),
            "confirmed": confirmed,
            "until": until.isoformat() if until else None,
        },
    )
    return membership


def confirm_membership(membership_id: UUID, *, actor: Actor) -> None:
    """Let an appointment's rights over cases begin; nobody confirms themselves."""
    actor.require("members.confirm")
    membership = _load(membership_id)
    if membership.account_id == actor.account_id:
        raise Forbidden("members.confirm")
    if membership.confirmed_at is not None:
        raise Conflict(_("Vai trò này đã được xác nhận."))
    membership.confirmed_at = now()
    membership.confirmed_by = actor.account_id
    record_event("membership.confirmed", actor=actor, subject_type="membership", subject_id=membership.id)


def end_membership(membership_id: UUID, *, actor: Actor) -> None:
    """Take a role away. A head may refuse a waiting appointment; the rest is the administrator's."""
    membership = _load(membership_id)
    if not (actor.may("members.manage") or (actor.may("members.confirm") and membership.confirmed_at is None)):
        raise Forbidden("members.manage")
    if membership.role == Role.COMMITTEE_HEAD and membership.confirmed_at and not actor.may("members.succession"):
        raise Forbidden("members.succession")
    if membership.account_id == actor.account_id:
        raise Conflict(_("Không thể tự bỏ vai trò của chính mình. Hãy nhờ người quản trị khác."))
    membership.ended_at = now()
    record_event("membership.ended", actor=actor, subject_type="membership", subject_id=membership.id)


def limit_membership(membership_id: UUID, until: date | None, *, actor: Actor) -> None:
    """Change the last day on which a role counts, in Asia/Ho_Chi_Minh; None takes the limit away.

    What a head confirmed with a limit only a head makes longer. Raises Forbidden, NotFound, Conflict, Invalid.
    """
    membership = _load(membership_id)
    if not (actor.may("members.manage") or actor.may("members.confirm")):
        raise Forbidden("members.manage")
    if membership.role == Role.COMMITTEE_HEAD and membership.confirmed_at and not actor.may("members.succession"):
        raise Forbidden("members.succession")
    if membership.account_id == actor.account_id:
        raise Conflict(_("Không thể tự đổi thời hạn vai trò của chính mình. Hãy nhờ người khác."))
    before, after = membership.valid_until, end_of_day(until)
    is_longer = before is not None and (after is None or after > before)
    waits = touches_cases(Role(membership.role)) and not actor.may("members.confirm")
    if is_longer and membership.confirmed_at is not None and waits:
        raise Conflict(_("Vai trò đã được người đứng đầu xác nhận: chỉ người đứng đầu kéo dài được thời hạn."))
    membership.valid_until = after
    db.session.flush()
    record_event(
        "membership.changed",
        actor=actor,
        subject_type="membership",
        subject_id=membership.id,
        detail={"until": until.isoformat() if until else None},
    )


def end_of_day(until: date | None) -> datetime | None:
    """Return the instant at which a role ends that counts through a day. Raises Invalid for a day that has passed."""
    if until is None:
        return None
    end = datetime.combine(until, time.min, TIMEZONE) + timedelta(days=1)
    if end <= now():
        message = _("Ngày hết hạn không thể trước hôm nay.")
        raise Invalid(message, {"until": message})
    return end


def _invite(
    login: str,
    full_name: str,
    roles: Sequence[Role],
    *,
    actor: Actor,
    from_platform: bool,
    until: date | None = None,
) -> tuple[UUID, str | None]:
    if not roles:
        message = _("Hãy chọn ít nhất một vai trò.")
        raise Invalid(message, {"roles": message})
    account = find_account(login)
    if account is not None and account.id == actor.account_id and Role.COMMITTEE_HEAD in roles:
        raise Conflict(_("Không thể tự chỉ định mình làm người đứng đầu. Hãy nhờ người quản trị khác."))
    token = None
    if account is None:
        if not full_name.strip():
            message = _("Hãy ghi họ tên của người được mời.")
            raise Invalid(message, {"full_name": message})
        account = create_account(login, full_name)
        token = issue_invitation(account.id, issued_by=actor.account_id)
    for role in roles:
        grant_role(
            account.id,
            role,
            actor=actor,
            confirmed=_is_confirmed_at_once(role, actor, from_platform=from_platform),
            from_platform=from_platform,
            until=until,
        )
    return account.id, token


def _is_confirmed_at_once(role: Role, actor: Actor, *, from_platform: bool) -> bool:
    """Decide whether an appointment counts at once.

    Appointments by a head count at once; an administrator's wait for the head. A tenant that never had a head
    gets its first from its administrator; a later vacancy is filled only by an administrator whom a head has
    confirmed, or an appointee from outside could remove the head and name an accomplice.
    """
    if from_platform:
        return False
    if not touches_cases(role) or actor.may("members.confirm"):
        return True
    if role is not Role.COMMITTEE_HEAD:
        return False
    return not _has_had_head() or (actor.may("members.succession") and not _has_had_head(live=True))


def _has_had_head(*, live: bool = False) -> bool:
    query = sa.select(Membership.id).where(
        _here(), Membership.role == Role.COMMITTEE_HEAD, Membership.confirmed_at.is_not(None)
    )
    if live:
        query = query.where(*_live())
    return db.session.scalar(query.limit(1)) is not None


def _members() -> list[Member]:
    rows = db.session.execute(
        sa.select(Membership, Account.full_name, Account.login)
        .join(Account, Account.id == Membership.account_id)
        .where(
            _here(),
            *_live(),
        )
        .order_by(Account.full_name, Membership.role)
    )
    return [
        Member(
            id=membership.id,
            account_id=membership.account_id,
            full_name=full_name,
            login=login,
            role=Role(membership.role),
            granted_at=membership.granted_at,
            granted_from_platform=membership.granted_from_platform,
            confirmed=membership.confirmed_at is not None,
            valid_until=membership.valid_until,
        )
        for membership, full_name, login in rows
    ]


def _load(membership_id: UUID) -> Membership:
    membership = db.session.scalar(
        sa.select(Membership).where(_here(), Membership.id == membership_id, *_live()).with_for_update()
    )
    if membership is None:
        raise NotFound(f"membership {membership_id}")
    return membership


def _live() -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Only memberships that have neither been ended nor run out."""
    return Membership.ended_at.is_(None), sa.or_(Membership.valid_until.is_(None), Membership.valid_until > now())


def _here() -> sa.ColumnElement[bool]:
    """Only memberships of the tenant in scope: the table's second policy shows people their own elsewhere, too."""
    return Membership.tenant_id == tenant_scope().tenant_id


def own_tenants(account_id: UUID) -> list[TenantView]:
    """Return the tenants in which a person holds a live role, by name.

    Needs a scope with this account: the table's second policy shows people their own memberships only.
    """
    ids = db.session.scalars(
        sa.select(Membership.tenant_id)
        .distinct()
        .where(
            Membership.account_id == account_id,
            *_live(),
        )
    )
    return sorted(tenants_by_id(set(ids)).values(), key=lambda tenant: tenant.name)
