"""Plugins that this committee, or one above it, uploaded as data, as far as they are in use.

Their name carries the uploading committee: `my-book.t17`. So two committees may choose the same name, an installed
plugin is never mistaken for one of theirs, and what was kept under it stays found when a committee is renamed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import sqlalchemy as sa
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from tiepdan.core.db import db, scope_statement
from tiepdan.core.plugin_loading import InstalledPlugin, Problem
from tiepdan.core.plugins import HookFunction
from tiepdan.core.scope import Scope, current_scope
from tiepdan.declared.faults import MalformedError
from tiepdan.declared.plugin import DeclaredPlugin
from tiepdan.declared.reading import read_kept
from tiepdan.extensions.models import UploadedPlugin
from tiepdan.sdk import API_VERSION, Manifest
from tiepdan.tenancy.models import Tenant
from tiepdan.tenancy.service import TenantView, own_tenant

_FULL = re.compile(r"([a-z][a-z0-9-]{1,40})\.t(\d{1,9})")
_MEMO = "uploads_in_sight"


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded plugin in use. name: with the committee in it; owner_id: the committee; number: its version.

    plugin: None where this platform does not understand it any more; problem, detail: why.
    """

    name: str
    owner_id: int
    number: int
    digest: str
    withdrawn: bool
    plugin: DeclaredPlugin | None
    problem: Problem | None = None
    detail: str = ""

    @property
    def manifest(self) -> Manifest | None:
        """Return its manifest, under its full name."""
        return replace(self.plugin.manifest, name=self.name) if self.plugin else None

    @property
    def functions(self) -> Mapping[str, HookFunction]:
        """Return how it answers each hook it has data for."""
        return hook_functions(self.plugin) if self.plugin else {}

    @property
    def installed(self) -> InstalledPlugin:
        """Return it as the page lists plugins."""
        return InstalledPlugin(
            self.name, str(self.number), self.digest, self.manifest, tuple(sorted(self.functions)),
            self.problem, self.detail, declared=True,
        )  # fmt: skip


def full_name(name: str, tenant_id: int) -> str:
    """Return the name under which an uploaded plugin is known."""
    return f"{name}.t{tenant_id}"


def owner_of(name: str) -> int | None:
    """Return which committee uploaded a plugin of this name; None for an installed one."""
    found = _FULL.fullmatch(name)
    return int(found[2]) if found else None


def short_name(name: str) -> str:
    """Return what the author called it."""
    return name.rpartition(".t")[0] if owner_of(name) is not None else name


def uploads_in_sight() -> Mapping[str, Upload]:
    """Return what this committee and those above it have in use, by name; read once per session.

    What a superior offers to another level only is in sight too; whether it may be enabled here is another question.
    """
    if not isinstance(current_scope(), Scope):
        return {}
    memo: dict[str, Upload] | None = db.session().info.get(_MEMO)
    if memo is None:
        memo = _read(own_tenant())
        db.session().info[_MEMO] = memo
    return memo


def uploads_of(connection: sa.Connection, slug: str) -> list[tuple[str, int, bool]] | None:
    """Return (full name, version, withdrawn) of what a committee has in use, by a plain connection; None for nobody."""
    tenant = connection.execute(sa.select(Tenant.id, sa.cast(Tenant.path, sa.Text)).where(Tenant.slug == slug)).first()
    if tenant is None:
        return None
    connection.exec_driver_sql(scope_statement(Scope(tenant_id=tenant[0], slug=slug, path=tenant[1])))
    rows = connection.execute(
        sa.select(UploadedPlugin.name, UploadedPlugin.number, UploadedPlugin.withdrawn_at)
        .where(UploadedPlugin.tenant_id == tenant[0])
        .order_by(UploadedPlugin.name)
    )
    return [(full_name(row.name, tenant[0]), row.number, row.withdrawn_at is not None) for row in rows]


def forget_uploads() -> None:
    """Read them again after a change in this session."""
    db.session().info.pop(_MEMO, None)


def hook_functions(plugin: DeclaredPlugin) -> Mapping[str, HookFunction]:
    """Return the functions of a plugin as the caller of hooks wants them."""
    return {
        hook: HookFunction(function, function.__code__.co_varnames[: function.__code__.co_argcount])
        for hook, function in plugin.functions.items()
    }


def _read(tenant: TenantView) -> dict[str, Upload]:
    columns = UploadedPlugin
    rows = db.session.execute(
        sa.select(
            columns.tenant_id,
            columns.name,
            columns.number,
            columns.digest,
            columns.withdrawn_at.is_not(None).label("gone"),
        ).where(columns.tenant_id.in_((tenant.id, *tenant.ancestor_ids)))
    ).all()
    found = {}
    for row in rows:
        plugin, problem, detail = _understand(row.tenant_id, row.name, row.digest)
        name = full_name(row.name, row.tenant_id)
        found[name] = Upload(name, row.tenant_id, row.number, row.digest, row.gone, plugin, problem, detail)
    return found


@lru_cache(maxsize=512)
def _remembered(digest: str) -> list[DeclaredPlugin | None]:  # noqa: ARG001 - it is the key
    """Return a place for what was read from texts of a digest, so that they are fetched once per process."""
    return [None]


def _understand(tenant_id: int, name: str, digest: str) -> tuple[DeclaredPlugin | None, Problem | None, str]:
    place = _remembered(digest)
    plugin = place[0]
    if plugin is None:
        files = db.session.scalar(
            sa.select(UploadedPlugin.files).where(
                UploadedPlugin.tenant_id == tenant_id, UploadedPlugin.name == name, UploadedPlugin.digest == digest
            )
        )
        if files is None:  # another version came into use just now, and the number that says so has moved
            return None, Problem.DATA, ""
        try:
            plugin = place[0] = read_kept(files)
        except MalformedError as fault:  # it was right when it came; the platform has changed since
            return None, Problem.DATA, str(fault)[:300]
    if not supports_sdk(plugin.manifest):
        return None, Problem.API, f"{plugin.manifest.api} / {API_VERSION}"
    return plugin, None, ""


def supports_sdk(manifest: Manifest) -> bool:
    """Say whether this platform's SDK is in the range a plugin supports."""
    try:
        return API_VERSION in SpecifierSet(manifest.api)
    except InvalidSpecifier:
        return False
