"""The role × permission table for people: the page and the documentation read the table that the guards read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tiepdan.identity.forms import ROLE_LABELS
from tiepdan.identity.permissions import (
    ALL_PERMISSIONS,
    CASE_PERMISSIONS,
    PERMISSIONS_BY_PLATFORM_ROLE,
    PERMISSIONS_BY_ROLE,
    PlatformRole,
)
from tiepdan.portal.permission_words import GROUPS, PLATFORM_ROLE_LABELS, WORDS


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """One permission. after_confirmation: an appointee holds it only once the head has confirmed them."""

    permission: str
    words: str
    holders: tuple[bool, ...]
    after_confirmation: bool


@dataclass(frozen=True, slots=True)
class PermissionGroup:
    """The permissions about one thing."""

    title: str
    lines: tuple[PermissionLine, ...]


@dataclass(frozen=True, slots=True)
class PermissionTable:
    """roles: the columns, in the order of `holders`."""

    roles: tuple[str, ...]
    groups: tuple[PermissionGroup, ...]


def tenant_table() -> PermissionTable:
    """Return what the roles of a body allow."""
    columns = list(ROLE_LABELS)
    return _table([str(ROLE_LABELS[role]) for role in columns], [PERMISSIONS_BY_ROLE[role] for role in columns])


def platform_table() -> PermissionTable:
    """Return what the roles outside the bodies allow."""
    columns = list(PlatformRole)
    return _table(
        [str(PLATFORM_ROLE_LABELS[role]) for role in columns], [PERMISSIONS_BY_PLATFORM_ROLE[role] for role in columns]
    )


def write_document() -> str:
    """Write both tables as the text of docs/permissions.md."""
    parts = [
        "# Vai trò và quyền",
        "",
        "<!-- Made by `tiepdan docs permissions` from identity/permissions.py. Do not edit. -->",
        "",
        "Bảng này là bảng mà hệ thống dùng để cho phép hay từ chối, không phải bản mô tả của nó.",
        "",
        "## Trong một đơn vị",
        "",
        "(*) Người được cấp vai trò chỉ có quyền này sau khi người đứng đầu đơn vị xác nhận.",
        *_markdown(tenant_table()),
        "",
        "## Ngoài các đơn vị",
        "",
        "Những vai trò này không mở được một đơn nào.",
        *_markdown(platform_table()),
    ]
    return "\n".join(parts) + "\n"


def _table(roles: Sequence[str], granted: Sequence[frozenset[str]]) -> PermissionTable:
    shown = ALL_PERMISSIONS.intersection(frozenset().union(*granted))
    titles: Mapping[str, object] = GROUPS
    groups = []
    for noun, title in titles.items():
        names = [name for name in WORDS if name in shown and name.partition(".")[0] == noun]
        lines = [
            PermissionLine(
                name, str(WORDS[name]), tuple(name in permissions for permissions in granted), name in CASE_PERMISSIONS
            )
            for name in names
        ]
        if lines:
            groups.append(PermissionGroup(str(title), tuple(lines)))
    return PermissionTable(tuple(roles), tuple(groups))


def _markdown(table: PermissionTable) -> list[str]:
    lines: list[str] = []
    for group in table.groups:
        heading = f"| Quyền | {' | '.join(table.roles)} |"
        lines += ["", f"### {group.title}", "", heading, "| --- |" + " :-: |" * len(table.roles)]
        for line in group.lines:
            marks = " | ".join("✓" if held else "" for held in line.holders)
            star = " (*)" if line.after_confirmation else ""
            lines.append(f"| {line.words}{star}<br>`{line.permission}` | {marks} |")
    return lines
