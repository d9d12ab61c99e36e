"""Names of committees and the slugs folded from them.

A slug is the folded short name: "Huyện ủy Cao Lộc" is `huyen-uy-cao-loc`, "UBND huyện Cao Lộc" is
`ubnd-huyen-cao-loc`. Where two committees anywhere in the country would share one, all of them carry the
code of their unit, so that adding a province never changes the slugs of another.
"""

import re
from collections import Counter
from functools import cache, lru_cache

from tiepdan.core.diacritics import strip_marks
from tiepdan.sdk import Level, TenantKind
from tiepdan.tenancy.catalogue import Catalogue, Unit

UNIT_COMMITTEES = (TenantKind.PARTY_COMMITTEE, TenantKind.PEOPLES_COMMITTEE)
SLUG_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 63  # the longest label of a host name

# How the party's committee of a unit is called; communes of every type have a "đảng ủy".
_PARTY_WORDS = {
    "tỉnh": "Tỉnh ủy",
    "thành phố trung ương": "Thành ủy",
    "thành phố": "Thành ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
}


@lru_cache(maxsize=1 << 16)  # the nation twice over; what visitors search for must not fill the memory
def fold(text: str) -> str:
    """Fold Vietnamese text to a slug: no diacritics, `đ` is `d`, words joined by hyphens, lower case."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", strip_marks(text.lower()))))


def committee_name(kind: TenantKind, unit: Unit) -> str:
    """Return the full name of a unit's party committee or people's committee."""
    if kind is TenantKind.PEOPLES_COMMITTEE:
        return f"Ủy ban nhân dân {_label(unit)}"
    if unit.level is Level.COMMUNE:
        return f"Đảng ủy {_label(unit)}"
    word = _PARTY_WORDS[unit.division_type]
    return f"{word} {unit.name if unit.bare_name.isdigit() else unit.bare_name}"


def committee_short_name(kind: TenantKind, unit: Unit) -> str:
    """Return the name people use: "UBND phường Đồng Xuân"."""
    return committee_name(kind, unit).replace("Ủy ban nhân dân", "UBND")


def committee_slug(units: Catalogue, kind: TenantKind, unit: Unit) -> str:
    """Return the slug of a unit's committee, unique in the country: with the code where names collide."""
    return _slugs(units, kind)[unit.level, unit.code]


def is_slug(text: str) -> bool:
    """Say whether a text can be a slug: lower-case words joined by single hyphens, 63 letters at most."""
    return len(text) <= SLUG_LENGTH and SLUG_PATTERN.fullmatch(text) is not None


def _label(unit: Unit) -> str:
    if unit.bare_name.isdigit():
        return unit.name  # "Phường 1" is written with a capital letter
    return f"{unit.division_word} {unit.bare_name}"


@cache
def _slugs(units: Catalogue, kind: TenantKind) -> dict[tuple[Level, str], str]:
    folded = {key: fold(committee_short_name(kind, unit)) for key, unit in units.units.items()}
    times = Counter(folded.values())
    return {key: slug if times[slug] == 1 else f"{slug}-{key[1]}" for key, slug in folded.items()}
