"""For tests of plugins: committees to ask for, a day that stands still, and asking as the platform asks.

pytest finds this module by itself (entry point `pytest11`) and it does nothing until a fixture is named. The
platform is imported only when a plugin is asked.
"""

import inspect
import warnings
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from tiepdan.sdk import Branch, Level, Manifest, Tenant, TenantKind

if TYPE_CHECKING:
    from tiepdan.testing.live import LivePlatform, LiveTenants

FROZEN_DAY = date(2024, 6, 3)  # a Monday without a holiday near


@dataclass(frozen=True, slots=True)
class PluginTenants:
    """A province with its district and its commune, and a commune of another province: leaks need a neighbour."""

    province: Tenant
    district: Tenant
    commune: Tenant
    neighbour: Tenant

    def __iter__(self) -> Iterator[Tenant]:
        return iter((self.province, self.district, self.commune, self.neighbour))


@pytest.fixture
def plugin_tenants() -> PluginTenants:
    """Give three levels of one province and a stranger, as plugins see committees."""
    party = TenantKind.PARTY_COMMITTEE, Branch.PARTY
    return PluginTenants(
        province=Tenant("tinh-uy", "Tỉnh ủy Mẫu", *party, Level.PROVINCE, "20"),
        district=Tenant("huyen-uy", "Huyện ủy Mẫu", *party, Level.DISTRICT, "183"),
        commune=Tenant("dang-uy-xa", "Đảng ủy xã Mẫu", *party, Level.COMMUNE, "06190"),
        neighbour=Tenant("dang-uy-phuong", "Đảng ủy phường Khác", *party, Level.COMMUNE, "00070"),
    )


@pytest.fixture
def frozen_day(monkeypatch: pytest.MonkeyPatch) -> date:
    """Give a business day, and let the platform's clock stand on it where an application is made."""
    monkeypatch.setenv("TIEPDAN_CLOCK", FROZEN_DAY.isoformat())
    return FROZEN_DAY


@pytest.fixture(scope="session")
def live_platform() -> Iterator["LivePlatform"]:
    """Start a platform with a PostgreSQL and a Valkey of its own, once for all tests that want it (some seconds)."""
    from tiepdan.testing.live import start_platform

    with TemporaryDirectory(prefix="tiepdan-plugin-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # root's PostgreSQL runs as another user, who must get through
        with start_platform(folder, FROZEN_DAY) as platform:
            yield platform


@pytest.fixture
def live_tenants(live_platform: "LivePlatform") -> "LiveTenants":
    """Give committees that exist: three levels of one province, and a neighbour who must never notice anything."""
    return live_platform.make_tenants()


def read_declared(folder: Path) -> ModuleType:
    """Return a plugin written as data as `ask` wants it. folder: where its plugin.toml is.

    Raises ValueError that names what is wrong.
    """
    from tiepdan.declared.bundle import read_folder
    from tiepdan.declared.reading import read_plugin

    return read_plugin(read_folder(folder)).module


def ask(hook: str, plugin: ModuleType, **arguments: object) -> Any:  # noqa: ANN401 - whatever the hook answers
    """Ask a plugin as the platform does: only what it wants to know, with settings completed and checked.

    arguments: as the hook's specification names them; `settings` may be left out or hold a part.
    Returns the answer. Raises AssertionError for settings, arguments or an answer that the platform would refuse;
    what the plugin itself raises is let through.
    """
    from tiepdan import hookspecs
    from tiepdan.core.deprecations import deprecated_uses
    from tiepdan.core.errors import Invalid
    from tiepdan.core.plugin_calls import LARGEST_ANSWER
    from tiepdan.core.plugins import check_of, hook_kinds
    from tiepdan.extensions.settings import check_settings, complete_settings

    _import_slices()
    assert hook_kinds().get(hook, "join") != "join", f"no plugin is asked {hook!r}"
    function = getattr(plugin, hook, None)
    assert hasattr(function, "tiepdan_impl"), f"{plugin.__name__} has no @hookimpl called {hook!r}"
    assert callable(function)
    manifest = plugin.PLUGIN
    assert isinstance(manifest, Manifest)
    known = inspect.signature(getattr(hookspecs, hook)).parameters
    unknown = [name for name in arguments if name not in known]
    assert not unknown, f"{hook} is not asked with {', '.join(unknown)}, only with {', '.join(known)}"
    given: Any = arguments.get("settings", {})
    try:
        check_settings(manifest, given)
    except Invalid as fault:
        raise AssertionError(f"settings: {fault.errors or fault}") from fault
    every = {**arguments, "settings": complete_settings(manifest, given)}
    wanted = list(inspect.signature(function).parameters)
    missing = [name for name in wanted if name not in every]
    assert not missing, f"{plugin.__name__}.{hook} wants {', '.join(missing)}, which this test does not give"
    for use in deprecated_uses(hook, wanted):
        said = f"{hook}: argument {use.argument} is deprecated since SDK {use.since}; instead: {use.instead}"
        warnings.warn(said, DeprecationWarning, stacklevel=2)
    answer = copy_context().run(function, **{name: every[name] for name in wanted})
    if hasattr(answer, "__len__"):
        assert len(answer) <= LARGEST_ANSWER, f"{hook}: the answer is too large"
    check = check_of(hook)
    if check is not None and answer is not None:
        try:
            check(answer)
        except (TypeError, ValueError, LookupError, AttributeError) as fault:
            raise AssertionError(f"{hook}: the platform refuses this answer: {fault}") from fault
    return answer


def _import_slices() -> None:
    """Let every slice name the checks of the hooks it asks."""
    import tiepdan.app  # noqa: F401 - for what it registers
