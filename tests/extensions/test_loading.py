"""Finding plugins: the fit are loaded, the others named with the reason, and the platform starts either way."""

import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from tiepdan.core import plugin_loading
from tiepdan.core.plugin_loading import Allowed, Problem, digest_of, load_plugins, private_imports
from tiepdan.core.plugins import manager

GOOD = """
from tiepdan.sdk import Manifest, hookimpl
PLUGIN = Manifest("{name}", {{"vi": "Thử", "en": "Try"}}, {{"vi": "Thử.", "en": "Try."}}, api="{api}")
{more}
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write packages and let them be found: write(good="source", …) by plugin name."""
    monkeypatch.syspath_prepend(tmp_path)
    before = {name for name, _ in manager.list_name_plugin()}

    def write(**sources: str):
        points = []
        for name, source in sources.items():
            package = tmp_path / f"made_{name}"
            package.mkdir()
            (package / "__init__.py").write_text(source, encoding="utf-8")
            points.append(EntryPoint(name, f"made_{name}", "tiepdan"))
        monkeypatch.setattr(plugin_loading, "entry_points", lambda group: EntryPoints(points))  # noqa: ARG005

    yield write
    for name, _ in manager.list_name_plugin():
        if name not in before:
            manager.unregister(name=name)
    for module in [each for each in sys.modules if each.startswith("made_")]:
        del sys.modules[module]


def good(name: str, more: str = "", api: str = ">=1.0,<2") -> str:
    return GOOD.format(name=name, more=more, api=api)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("raise RuntimeError('Nguyễn Văn Kín')", Problem.IMPORT),
        ("import sys; sys.exit(3)", Problem.IMPORT),
        ("x = 1", Problem.NO_MANIFEST),
        (good("other"), Problem.NAME),
        (good("bad", api=">=2"), Problem.API),
        (good("bad", api="whatever"), Problem.API),
        (good("bad", "from tiepdan.core.db import db"), Problem.PRIVATE_IMPORT),
        (good("bad", "from tiepdan import core"), Problem.PRIVATE_IMPORT),
        (good("bad", "def f():\n    import tiepdan.petitions.service"), Problem.PRIVATE_IMPORT),
        (good("bad", "@hookimpl\ndef no_such_hook(tenant): ..."), Problem.HOOKS),
        (good("bad", "@hookimpl\ndef home_cards(tenant, colour): ..."), Problem.HOOKS),
        (good("bad", "@hookimpl\ndef petition_closed(petition_id): ..."), Problem.HOOKS),
        (good("bad", "@hookimpl(tryfirst=True)\ndef home_cards(tenant): ..."), Problem.HOOKS),
        (good("bad", "@hookimpl(specname='home_cards')\ndef cards(tenant): ..."), Problem.HOOKS),
    ],
)
def test_an_unfit_plugin_is_named_and_the_others_work(write, source, problem, capsys):
    write(bad=source, fine=good("fine", "@hookimpl\ndef home_cards(tenant): return []"))
    bad, fine = load_plugins()
    assert (bad.problem, bad.manifest) == (problem, None)
    assert "Kín" not in bad.detail + "".join(capsys.readouterr())
    assert (fine.problem, fine.hooks) == (None, ("home_cards",))
    assert not manager.has_plugin("bad")


def test_only_what_the_operator_has_seen_is_loaded(write, tmp_path: Path):
    write(fine=good("fine"))
    assert [plugin.problem for plugin in load_plugins(frozenset())] == [Problem.NOT_ALLOWED]
    digest = digest_of(tmp_path / "made_fine")
    assert [plugin.problem for plugin in load_plugins({Allowed("fine", "0", digest)})] == [None]
    (tmp_path / "made_fine" / "__init__.py").write_text(good("fine") + "# changed", encoding="utf-8")
    assert [plugin.problem for plugin in load_plugins({Allowed("fine", "0", digest)})] == [Problem.NOT_ALLOWED]


def test_ours_import_the_sdk_only():
    folders = [path for path in Path("plugins").glob("*/tiepdan_*") if path.is_dir()]
    assert len(folders) >= 3
    for folder in folders:
        assert private_imports(folder) == []


def test_the_installed_plugins_are_fit():
    found = {plugin.name: plugin for plugin in load_plugins()}
    assert {"lang-son", "level-commune", "level-district"} <= set(found)
    assert not [plugin for plugin in found.values() if plugin.problem]
