"""Role × permission: the one table that pages, services, tests and the documentation read."""

from enum import StrEnum


class Role(StrEnum):
    """Role of a membership in one tenant."""

    TENANT_ADMIN = "tenant_admin"
    COMMITTEE_HEAD = "committee_head"
    RECEPTION_OFFICER = "reception_officer"
    PETITION_OFFICER = "petition_officer"
    HANDLER = "handler"
    INSPECTOR = "inspector"
    VIEWER = "viewer"


class PlatformRole(StrEnum):
    """Role outside the tenants; none of them opens a petition."""

    PLATFORM_OPERATOR = "platform_operator"
    PROVINCE_ADMIN = "province_admin"


_EVERYONE = frozenset({"home.view", "calendar.view", "password.change"})

_VIEW_CASES = frozenset({"petitions.view", "receptions.view", "directives.view", "clocks.view"})
_KEEP_REGISTERS = frozenset({"registers.view", "registers.edit", "registers.view_restricted", "registers.export"})

PERMISSIONS_BY_ROLE: dict[Role, frozenset[str]] = {
    Role.TENANT_ADMIN: _EVERYONE
    | {"members.view", "members.manage", "members.succession", "journal.read", "keys.manage",
       "plugins.manage", "plugins.purge", "notifications.view", "notifications.manage"},
    Role.COMMITTEE_HEAD: _EVERYONE
    | _VIEW_CASES
    | _KEEP_REGISTERS
    | {
        "head.view", "members.view", "members.confirm", "receptions.schedule", "receptions.run", "receptions.conclude",
        "petitions.decide", "petitions.assign", "petitions.close", "directives.issue", "directives.answer",
        "directives.close", "handovers.view", "handovers.send", "handovers.receive", "shared.view",
        "escalations.acknowledge", "reports.view", "reports.prepare", "reports.submit", "reports.review",
        "identities.unseal", "calendar.manage", "clocks.decide", "notifications.view", "notifications.manage",
    },
    Role.RECEPTION_OFFICER: _EVERYONE
    | _VIEW_CASES
    | _KEEP_REGISTERS
    | {
        "receptions.schedule", "receptions.run", "receptions.conclude", "petitions.register", "directives.issue",
        "directives.close", "registers.import", "reports.view", "reports.prepare", "notifications.view",
    },
    Role.PETITION_OFFICER: _EVERYONE
    | _VIEW_CASES
    | _KEEP_REGISTERS
    | {
        "petitions.register", "petitions.classify", "petitions.decide", "petitions.assign", "petitions.close",
        "handovers.view", "handovers.send", "handovers.receive", "directives.issue", "directives.answer",
        "directives.close", "shared.view", "escalations.acknowledge", "identities.unseal", "registers.import",
        "reports.view", "reports.prepare", "reports.submit", "reports.review", "calendar.manage", "clocks.decide",
        "notifications.view",
    },
    Role.HANDLER: _EVERYONE
    | {"petitions.view", "clocks.view", "directives.view", "petitions.resolve", "directives.answer"},
    Role.INSPECTOR: _EVERYONE
    | _VIEW_CASES
    | {"shared.view", "reports.view", "journal.read", "identities.unseal", "handovers.view", "notifications.view"}
    | (_KEEP_REGISTERS - {"registers.edit"}),
    Role.VIEWER: _EVERYONE | _VIEW_CASES | {"reports.view", "registers.view"},
}  # fmt: skip

PERMISSIONS_BY_PLATFORM_ROLE: dict[PlatformRole, frozenset[str]] = {
    PlatformRole.PLATFORM_OPERATOR: frozenset({"fleet.view", "fleet.invite", "password.change"}),
    PlatformRole.PROVINCE_ADMIN: frozenset({"fleet.view", "fleet.invite", "password.change"}),
}

# What an administrator may do before the head of the committee has confirmed them. A key of the API reads the list
# of petitions, the journal tells their codes and kinds, and what a plugin kept is part of the files: rights over cases.
_ADMINISTRATION = PERMISSIONS_BY_ROLE[Role.TENANT_ADMIN] - {
    "members.succession", "keys.manage", "journal.read", "plugins.purge",
}  # fmt: skip

# Rights that show or move a case, or replace a head. A provincial IT administrator's appointee holds none of
# them until the head of the committee confirms the membership, whatever roles were written on it.
CASE_PERMISSIONS: frozenset[str] = frozenset().union(*PERMISSIONS_BY_ROLE.values()) - _ADMINISTRATION

ALL_PERMISSIONS: frozenset[str] = frozenset().union(
    *PERMISSIONS_BY_ROLE.values(), *PERMISSIONS_BY_PLATFORM_ROLE.values()
)


def permissions_of(role: Role, *, confirmed: bool) -> frozenset[str]:
    """Return what a role allows; without confirmation only what touches no case."""
    granted = PERMISSIONS_BY_ROLE[role]
    return granted if confirmed else granted - CASE_PERMISSIONS


def touches_cases(role: Role) -> bool:
    """Say whether a role carries any right that needs a confirmed appointment."""
    return bool(PERMISSIONS_BY_ROLE[role] & CASE_PERMISSIONS)
