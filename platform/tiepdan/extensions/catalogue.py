"""Which plugins this process has loaded, and which it found and refused."""

from flask import current_app

from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.sdk import Level, Manifest

_KEY = "tiepdan_plugins"


def remember_installed(found: tuple[InstalledPlugin, ...]) -> None:
    """Keep what was found when the application was made."""
    current_app.extensions[_KEY] = {plugin.name: plugin for plugin in found}


def installed_plugins() -> dict[str, InstalledPlugin]:
    """Return every plugin that was found, by name."""
    found: dict[str, InstalledPlugin] = current_app.extensions.get(_KEY, {})
    return found


def manifest_of(name: str) -> Manifest | None:
    """Return the manifest of a loaded plugin."""
    plugin = installed_plugins().get(name)
    return plugin.manifest if plugin else None


def fits(manifest: Manifest, level: Level) -> bool:
    """Say whether a plugin is made for committees of a level."""
    return manifest.level is None or manifest.level is level
