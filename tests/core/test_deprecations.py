"""Arguments that will go: authors are told in the check, on the page and in their tests; the plugin works on."""

from types import ModuleType

import pytest

from tests import dummy_plugin
from tiepdan.authoring.examination import examine_module
from tiepdan.core import deprecations
from tiepdan.core.deprecations import DeprecatedArgument, DeprecatedUse, deprecated_uses
from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import manager
from tiepdan.extensions.catalogue import installed_plugins, remember_installed
from tiepdan.sdk import Manifest, hookimpl
from tiepdan.testing import ask

SOON = DeprecatedArgument("settings", "1.9", "tenant")


@pytest.fixture
def deprecated(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(deprecations, "DEPRECATED_ARGUMENTS", {"documents": (SOON,)})


def asking() -> ModuleType:
    module = ModuleType("asking")
    words = {"vi": "Thử", "en": "Try"}

    def documents(tenant, settings):
        return []

    module.PLUGIN = Manifest("asking", words, words, api=">=1.0,<2")
    module.documents = hookimpl(documents)
    return module


def test_nothing_is_deprecated_that_is_not_a_hooks_own():
    from tiepdan import hookspecs

    for hook, arguments in deprecations.DEPRECATED_ARGUMENTS.items():
        names = getattr(hookspecs, hook).__code__.co_varnames
        assert all(each.argument in names for each in arguments)


def test_only_who_names_it_is_told(deprecated):
    assert deprecated_uses("documents", ("tenant", "settings")) == [
        DeprecatedUse("documents", "settings", "1.9", "tenant")
    ]
    assert deprecated_uses("documents", ("tenant",)) == []
    assert deprecated_uses("pages", ("tenant", "settings")) == []


def test_the_authors_tests_warn(deprecated, plugin_tenants):
    with pytest.warns(
        DeprecationWarning, match="documents: argument settings is deprecated since SDK 1.9; instead: tenant"
    ):
        assert ask("documents", asking(), tenant=plugin_tenants.commune) == []


def test_the_check_warns_and_passes(deprecated):
    module = asking()
    found = examine_module(module, InstalledPlugin("asking", "1", "", module.PLUGIN, ("documents",)))
    [warning] = [finding for finding in found if finding.warning]
    assert (warning.check, warning.ok) == ("deprecated", True)
    assert "từ SDK 1.9" in warning.vi


def test_the_page_warns(deprecated, app, make_tenant, make_account, sign_in):
    manager.register(dummy_plugin, "dummy")
    with app.app_context():
        before = installed_plugins()
        dummy = InstalledPlugin("dummy", "1.0", "", dummy_plugin.PLUGIN, ("documents",))
        remember_installed((*before.values(), dummy))
    try:
        tenant = make_tenant()
        page = sign_in(make_account(tenant, "tenant_admin")).get(tenant.url("/plugins/dummy"))
    finally:
        manager.unregister(name="dummy")
        with app.app_context():
            remember_installed(tuple(before.values()))
    assert page.status_code == 200
    assert ("documents: settings, từ SDK 1.9" in page.text) is hasattr(dummy_plugin, "documents")
