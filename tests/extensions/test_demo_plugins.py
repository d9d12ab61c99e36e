"""Which plugins the demo has enabled: its own where they belong, and a new one where its author can try it."""

from pathlib import Path

import pytest

from tests import dummy_plugin
from tiepdan.demo import plugins as demo
from tiepdan.extensions.service import choices_below, enabled_here
from tiepdan.sdk import Level

ROOT = Path(__file__).parents[2]


def test_the_shipped_plugins_are_those_of_the_repository():
    assert {each.parent.name for each in (ROOT / "plugins").glob("*/pyproject.toml")} == demo.SHIPPED


@pytest.mark.usefixtures("dummy")
def test_a_new_plugin_is_tried_at_every_level_it_is_for(app, entered, three_levels, monkeypatch):
    province = three_levels.province
    monkeypatch.setattr(demo, "_PROPOSED", {province.slug: ()})
    monkeypatch.setattr(demo, "_TRIES", province.slug)
    with app.app_context():
        assert demo.enable_plugins() == 3
        assert demo.enable_plugins() == 0, "what was decided is left as it is"
    name = dummy_plugin.PLUGIN.name
    with entered(province):
        assert choices_below(name).keys() == {Level.DISTRICT, Level.COMMUNE}
    for tenant, tried in ((province, True), (three_levels.commune, True), (three_levels.stranger, False)):
        with entered(tenant):
            assert (name in {each.manifest.name for each in enabled_here()}) is tried
