"""Plugins: what asking twenty of them costs, a form with two hundred fields of theirs, lists, and who is enabled."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from types import ModuleType
from uuid import uuid4

import pluggy
from flask import Flask

from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.installation import Database
from tests.bench.rounds import alternate, paired_ratio, seconds_of, spread
from tests.bench.staff import PASSWORD, hidden_fields, hire
from tiepdan import hookspecs
from tiepdan.core.db import db, forget_session
from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import collect, manager
from tiepdan.core.scope import Scope, enter
from tiepdan.extensions.catalogue import installed_plugins, remember_installed
from tiepdan.extensions.service import enabled_here
from tiepdan.identity.permissions import Role
from tiepdan.sdk import Form, Manifest, hookimpl
from tiepdan.tenancy.service import own_tenant, plugin_tenant

ROUNDS, ASKED, LOADED = 9, 300, 12
_ON = date(2024, 6, 28)
_NOBODY: Sequence[str] = ()


def measure_asking(ground: Ground) -> list[Figure]:
    """Measure in one process, against the same functions called by pluggy itself and the same pages without plugins."""
    database = ground.cases()
    app, scope = ground.app(database), ground.chosen(database).commune
    twenty = [f"answers-{number}" for number in range(20)]
    ten, one = [f"fields-{number}" for number in range(10)], ["all-fields"]
    modules = {name: _module(name, 0) for name in twenty}
    modules |= {name: _module(name, 20) for name in ten} | {name: _module(name, 200) for name in one}
    with _installed(app, modules):
        figures = [_measure_hook(app, database, scope, twenty, modules)]
        page = _signed_in(app, scope)
        for names in (ten, twenty):
            _enable(database, scope, names)
            page("/petitions/new")
        forms = {
            "none": lambda: _load(database, scope, _NOBODY, page, "/petitions/new"),
            "one": lambda: _load(database, scope, one, page, "/petitions/new"),
            "ten": lambda: _load(database, scope, ten, page, "/petitions/new"),
        }
        found = alternate(forms, ROUNDS)
        detail: dict[str, object] = {f"{name}_ms": [v * 1000 for v in spread(t)] for name, t in found.items()}
        figures += [
            Figure("plugin_form", "200 fields of ten plugins / of one", "x", 1.5, "at most",
                   paired_ratio(found, "ten", "one"), detail),
            Figure("plugin_form_plain", "200 fields of ten plugins / no plugin", "x", 2.0, "at most",
                   paired_ratio(found, "ten", "none")),
        ]  # fmt: skip
        lists = {
            "none": lambda: _load(database, scope, _NOBODY, page, "/petitions/"),
            "twenty": lambda: _load(database, scope, twenty, page, "/petitions/"),
        }
        found = alternate(lists, ROUNDS)
        figures.append(
            Figure("plugin_list", "a list with twenty plugins enabled / none", "x", 1.10, "at most",
                   paired_ratio(found, "twenty", "none"),
                   {f"{name}_ms": [v * 1000 for v in spread(times)] for name, times in found.items()})
        )  # fmt: skip
        figures.append(_measure_enabled(app, database, scope, twenty))
    return figures


def _module(name: str, fields: int) -> ModuleType:
    module = ModuleType(name.replace("-", "_"))
    words = {"vi": name, "en": name}
    module.PLUGIN = Manifest(name, words, words, ">=1.0,<2")  # type: ignore[attr-defined]

    def home_cards(tenant, on, settings):  # type: ignore[no-untyped-def]
        return []

    module.home_cards = hookimpl(home_cards)  # type: ignore[attr-defined]
    if fields:
        label = {"vi": "Câu hỏi", "en": "Question"}
        schema = {
            "type": "object",
            "properties": {f"q{number}": {"type": "string", "x-label": label} for number in range(fields)},
        }
        form = [Form("questions", 1, words, schema)]

        def form_parts(tenant, record, on, settings):  # type: ignore[no-untyped-def]
            return form

        module.form_parts = hookimpl(form_parts)  # type: ignore[attr-defined]
    return module


@contextmanager
def _installed(app: Flask, modules: dict[str, ModuleType]) -> Iterator[None]:
    with app.app_context():
        before = tuple(installed_plugins().values())
        made = [InstalledPlugin(name, "1", "", module.PLUGIN, ()) for name, module in modules.items()]
        remember_installed((*before, *made))
    for name, module in modules.items():
        manager.register(module, name)
    try:
        yield
    finally:
        for name in modules:
            manager.unregister(name=name)
        with app.app_context():
            remember_installed(before)


def _enable(database: Database, scope: Scope, names: Sequence[str]) -> None:
    with database.as_data() as connection:
        connection.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s", [scope.tenant_id])
        for name in names:
            connection.execute("INSERT INTO tenant_plugin (tenant_id, plugin) VALUES (%s, %s)", [scope.tenant_id, name])
        connection.execute("UPDATE plugin_epoch SET number = number + 1")


def _measure_hook(
    app: Flask, database: Database, scope: Scope, names: Sequence[str], modules: dict[str, ModuleType]
) -> Figure:
    """Compare with what pluggy does with the same functions and the same arguments."""
    plain = pluggy.PluginManager("tiepdan")
    plain.add_hookspecs(hookspecs)
    for name in names:
        plain.register(modules[name], name)
    _enable(database, scope, names)
    with app.app_context(), enter(scope):
        tenant = plugin_tenant(own_tenant())
        if len(enabled_here()) != len(names):
            raise RuntimeError("not all twenty are enabled")

        def ours() -> None:
            for _ in range(ASKED):
                collect("home_cards", tenant=tenant, on=_ON)

        def theirs() -> None:
            for _ in range(ASKED):
                plain.hook.home_cards(tenant=tenant, on=_ON, settings={})

        sides = {"ours": lambda: seconds_of(ours), "pluggy": lambda: seconds_of(theirs)}
        alternate(sides, 2)
        found = alternate(sides, ROUNDS)
        forget_session()
    detail: dict[str, object] = {f"{name}_us": [v / ASKED * 1e6 for v in spread(t)] for name, t in found.items()}
    return Figure("plugin_hook", "asking twenty plugins / pluggy calling the same functions", "x", 3.0, "at most",
                  paired_ratio(found, "ours", "pluggy"), detail)  # fmt: skip


def _signed_in(app: Flask, scope: Scope) -> Callable[[str], None]:
    login = f"officer-{uuid4().hex[:10]}"
    hire(app, scope, login, Role.PETITION_OFFICER)
    client = app.test_client()
    fields = hidden_fields(client.get("/signin").text, "/signin")
    client.post("/signin", data={**fields, "login": login, "password": PASSWORD})

    def page(path: str) -> None:
        answer = client.get(f"/t/{scope.slug}{path}")
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")

    return page


def _load(database: Database, scope: Scope, names: Sequence[str], page: Callable[[str], None], path: str) -> float:
    """Time some loads of a page with these plugins enabled, once everything is warm."""
    _enable(database, scope, names)
    page(path)
    page(path)
    return seconds_of(lambda: [page(path) for _ in range(LOADED)])


def _measure_enabled(app: Flask, database: Database, scope: Scope, names: Sequence[str]) -> Figure:
    """Compare the first tenants a process meets with the last of all."""
    _enable(database, scope, names)
    with database.as_data() as connection:
        rows = connection.execute("SELECT id, slug, path::text FROM tenant ORDER BY id").fetchall()
    scopes = [Scope(*row) for row in rows]
    part = max(1, min(500, len(scopes) // 4))
    with app.app_context():
        app.extensions.pop("tiepdan_enabled_plugins", None)
        times: dict[str, list[float]] = {"first": [], "last": [], "again": []}
        for number, one in enumerate(scopes):
            with enter(one):
                own_tenant()
                began = perf_counter()
                enabled_here()
                spent = perf_counter() - began
                began = perf_counter()
                enabled_here()
                times["again"].append(perf_counter() - began)
                db.session.remove()
            if number < part:
                times["first"].append(spent)
            elif number >= len(scopes) - part:
                times["last"].append(spent)
    medians = {name: spread(found)[1] for name, found in times.items()}
    detail: dict[str, object] = {f"{name}_us": value * 1e6 for name, value in medians.items()} | {
        "tenants": len(scopes)
    }
    return Figure("plugin_enabled", "finding what is enabled: the last tenants of all / the first", "x", 1.5, "at most",
                  medians["last"] / medians["first"], detail)  # fmt: skip
