"""Which plugins this process has loaded, which it found and refused, and what any plugin says of itself."""

from collections.abc import Iterable

from flask import current_app

from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.uploaded import owner_of, uploads_in_sight
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
    """Return the manifest of a plugin: a loaded one, or one that was uploaded here or above."""
    if owner_of(name) is not None:
        upload = uploads_in_sight().get(name)
        return upload.manifest if upload else None
    plugin = installed_plugins().get(name)
    return plugin.manifest if plugin else None


def plugin_title(name: str, locale: str | None = None) -> str:
    """Return how a plugin is called; the bare name of one that is gone. locale: None for the reader's."""
    manifest = manifest_of(name)
    return in_language(manifest.title, locale) if manifest else name


def plugin_titles(names: Iterable[str]) -> str:
    """Return several plugins for a sentence, in the reader's language."""
    return ", ".join(map(plugin_title, names))


def fits(manifest: Manifest, level: Level) -> bool:
    """Say whether a plugin is made for committees of a level."""
    return manifest.level is None or manifest.level is level
