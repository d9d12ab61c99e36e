"""Translated words for templates, each looked up once per language and process.

A page says a hundred words; asking the catalogue for each costs more than reading its rows from the database.
"""

from flask import Flask, g
from flask_babel import gettext
from markupsafe import Markup

_MANY = 20_000  # more words than all templates have: somebody translates data

_plain: dict[tuple[str, str], Markup] = {}
_patterns: dict[tuple[str, str], Markup] = {}


def translate(text: str, /, **variables: object) -> Markup:
    """Translate a word or sentence of a template into the reader's language; variables are escaped."""
    key = (g.get("locale", "vi"), text)
    if not variables:
        found = _plain.get(key)
        return found if found is not None else _remember(key)
    pattern = _patterns.get(key)
    if pattern is None:
        _remember(key)
        pattern = _patterns[key]
    return pattern % variables


def init_translating(app: Flask) -> None:
    """Let templates use it as `_` and `gettext`; after Babel has put in its own."""
    app.jinja_env.globals.update(_=translate, gettext=translate)


def _remember(key: tuple[str, str]) -> Markup:
    if len(_plain) > _MANY:
        _plain.clear()
        _patterns.clear()
    # Templates are ours: the catalogue holds markup-free text, and "%%" stands for a percent sign.
    _patterns[key] = Markup(gettext(key[1]))  # noqa: S704 - our own words, not a visitor's
    plain = _plain[key] = _patterns[key] if "%(" in key[1] else Markup(str(_patterns[key]) % {})  # noqa: S704
    return plain
