"""Rules of the pages: nothing inline, nothing from elsewhere, every icon there, every text readable."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "platform" / "tiepdan"
STATIC = PACKAGE / "web" / "static"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html")) + sorted(ROOT.glob("plugins/*/*/templates/**/*.html"))
STYLES = sorted(STATIC.rglob("*.css"))
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "vendor" / "icons.svg").read_text()))
SMALLEST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
GROUNDS = ("paper", "surface", "sunken")


def _name(path):
    return str(path.relative_to(ROOT))


# The policy allows neither inline styles nor inline scripts, so the browser would drop them silently.
@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_has_nothing_inline(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_loads_nothing_from_elsewhere(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_icon_is_in_the_sprite(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    used = set(re.findall(r"\b(?:icon|lists\.empty)\('([\w-]+)'", text))
    assert used <= SPRITE


def test_every_icon_of_the_menu_is_in_the_sprite():
    sources = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r"""NavItem\([^)]*?icon=["']([\w-]+)["']""", sources, flags=re.DOTALL))
    assert used <= SPRITE


@pytest.mark.parametrize("path", STYLES, ids=_name)
def test_a_style_sheet_loads_nothing_from_elsewhere(path):
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text())
    outside = [address for address in addresses if not address.startswith(("data:", "vendor/"))]
    assert not outside
    assert "@import" not in path.read_text()


def test_every_vendored_file_is_declared():
    declared = tomllib.loads((STATIC / "vendor" / "VENDORED.toml").read_text())["package"]
    named = {
        ROOT / file if file.startswith("tests/") else STATIC / "vendor" / file
        for package in declared
        for file in package["files"]
    }
    present = {path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    assert all(path.is_file() for path in named)
    assert present - named == {STATIC / "vendor" / "VENDORED.toml"}


def _schemes():
    css = (STATIC / "tiepdan.css").read_text()
    blocks = re.findall(r":root \{\s*color-scheme: (\w+);(.*?)\}", css, flags=re.DOTALL)
    return [pytest.param(dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body)), id=name) for name, body in blocks]


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first, second):
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", _schemes())
def test_every_text_is_readable_on_every_ground(tokens):
    pairs = [
        (text, ground) for text in ("ink", "ink-soft", "blue", "red", "green", "amber", "violet") for ground in GROUNDS
    ]
    pairs += [(tone, f"{tone}-wash") for tone in ("blue", "red", "green", "amber", "violet")]
    pairs += [("on-blue", "blue"), ("on-blue", "blue-deep")]
    faint = [pair for pair in pairs if _contrast(tokens[pair[0]], tokens[pair[1]]) < SMALLEST_CONTRAST]
    assert not faint


def test_both_schemes_are_checked():
    assert len(_schemes()) == 2
