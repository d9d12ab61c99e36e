"""The English catalogue is complete and says what the Vietnamese says, placeholder by placeholder."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

PLATFORM = Path(__file__).parents[2] / "platform"
CATALOGUE = PLATFORM / "tiepdan" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def english():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def texts() -> set[str]:
    with (PLATFORM / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(PLATFORM, methods, options, _KEYWORDS):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found


def test_every_text_has_an_english_translation(english, texts):
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in english
        if message.id and message.string
    }
    assert len(texts) > 1500
    assert sorted(texts - known) == []


def test_no_translation_is_left_of_a_text_that_is_gone(english, texts):
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in english if message.id}
    assert sorted(known - texts) == []


def test_placeholders_agree(english):
    for message in english:
        if message.id and isinstance(message.id, str):
            assert sorted(_PLACEHOLDER.findall(message.id)) == sorted(_PLACEHOLDER.findall(message.string)), message.id


def test_the_compiled_catalogue_is_current(english):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert _strings(compiled) == _strings(english)


def _strings(catalogue) -> dict[str, str]:
    return {
        str(tuple(message.id) if isinstance(message.id, list | tuple) else message.id): str(
            tuple(message.string) if isinstance(message.string, list | tuple) else message.string
        )
        for message in catalogue
        if message.id
    }


def test_a_page_speaks_english_when_asked(client):
    from tests.support import csrf_of

    assert 'lang="vi"' in client.get("/signin").text
    client.post("/locale", data={"locale": "en", "csrf_token": csrf_of(client, "/signin")})
    page = client.get("/signin").text
    assert '<html lang="en"' in page
    assert "Sign in" in page
