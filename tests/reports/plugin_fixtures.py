"""Fixtures of plugins' reports: the plugin, where it is on, classes in its register, a report carried along."""

from datetime import date

import pytest

from tests.extensions.conftest import enable  # noqa: F401 - a fixture
from tests.reports.reporting import NAME, Reporting, load
from tiepdan.core.plugins import manager
from tiepdan.extensions.catalogue import remember_installed
from tiepdan.registers.entries import add_entry
from tiepdan.reports.periods import read_period
from tiepdan.reports.preparing import freeze_report, open_report, read_contents
from tiepdan.reports.submitting import submit_report

ON = date(2024, 6, 28)
CODE = f"{NAME}/training"


@pytest.fixture
def plugin(app):
    reporting = Reporting()
    with app.app_context():
        before = load(reporting)
    yield reporting
    manager.unregister(name=NAME)
    with app.app_context():
        remember_installed(tuple(before.values()))


@pytest.fixture
def switch(superuser, enable):  # noqa: F811 - the fixture above
    """Turn the plugin on in tenants, or off: switch(a, b), switch(a, on=False)."""

    def switch(*tenants, on=True):
        for tenant in tenants:
            if on:
                enable(tenant, NAME)
            else:
                superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s AND plugin = %s", [tenant.id, NAME])
        superuser.execute("UPDATE plugin_epoch SET number = number + 1")

    return switch


@pytest.fixture
def add_class(entered):
    def add_class(tenant, held_on, people=10, kind="law", place="Hội trường", topic="Luật Khiếu nại"):
        values = {"topic": topic, "held_on": held_on, "people": people, "kind": kind, "place": place}
        given = {name: value for name, value in values.items() if value is not None}
        with entered(tenant, "registers.view", "registers.edit") as actor:
            return add_entry(NAME, "classes", given, actor=actor, on=ON)

    return add_class


@pytest.fixture
def begin(entered):
    def begin(tenant, period, code=CODE):
        with entered(tenant, "reports.prepare") as actor:
            return open_report(code, period if not isinstance(period, str) else read_period(period), actor=actor, on=ON)

    return begin


@pytest.fixture
def freeze(entered):
    def freeze(tenant, report, cut_off_on=None):
        with entered(tenant, "reports.prepare") as actor:
            return freeze_report(report.id, actor=actor, on=ON, cut_off_on=cut_off_on)

    return freeze


@pytest.fixture
def send(entered, begin, freeze):
    """Begin, freeze and send a tenant's report; return it."""

    def send(tenant, period, code=CODE):
        report = freeze(tenant, begin(tenant, period, code))
        with entered(tenant, "reports.submit") as actor:
            submit_report(report.id, actor=actor, on=ON)
        return report

    return send


@pytest.fixture
def contents(entered):
    def contents(tenant, report):
        with entered(tenant, "reports.view"):
            return read_contents(report, on=ON)

    return contents
