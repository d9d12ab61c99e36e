"""Codes people see, and the PIN that goes with them.

A code is `LS-` + 8 random Crockford base32 letters + a check letter: whatever the kind, it looks the same, and
it tells nobody how many petitions there are. The PIN is kept as a keyed hash only.
"""

import hmac
import re
import secrets

from flask import current_app

from tiepdan.core.crypto import keyed_hash
from tiepdan.identity.keys import keyring
from tiepdan.tenancy.service import TenantView, province_slug

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
RANDOM_LENGTH = 8
PIN_LENGTH = 6
_MISREAD = str.maketrans("OILU", "011V")
_WEIGHTS = range(1, RANDOM_LENGTH + 1)
_PRIME = 31


def code_prefix(tenant: TenantView) -> str:
    """Return the letters a tenant's codes begin with: the initials of its province ("LS" for Lạng Sơn)."""
    known: dict[int, str] = current_app.extensions.setdefault("tiepdan_code_prefixes", {})
    if tenant.province_id not in known:
        known[tenant.province_id] = prefix_of(province_slug(tenant.province_id))
    return known[tenant.province_id]


def prefix_of(slug: str) -> str:
    """Make a prefix of 2-3 letters from a province's slug."""
    words = [word for word in re.split(r"[^a-z]+", slug) if word]
    return ("".join(word[0] for word in words)[:3] or "VN").upper().ljust(2, "X")


def new_code(prefix: str) -> str:
    """Make a random code; two of them meet once in a million million, and the unique key refuses that."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return f"{prefix}-{letters}{check_letter(letters)}"


def check_letter(letters: str) -> str:
    """Return the check letter: it finds every single wrong letter but 0 for Z, and swapped neighbours."""
    total = sum(weight * ALPHABET.index(letter) for weight, letter in zip(_WEIGHTS, letters, strict=True))
    return ALPHABET[total % _PRIME]


def read_code(text: str) -> str | None:
    """Read a code as people type it (small letters, spaces, O for 0); None if it cannot be one."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    prefix, body = plain[: -RANDOM_LENGTH - 1], plain[-RANDOM_LENGTH - 1 :].translate(_MISREAD)
    if not re.fullmatch(r"[A-Z]{2,5}", prefix) or any(letter not in ALPHABET for letter in body):
        return None
    return f"{prefix}-{body}" if check_letter(body[:-1]) == body[-1] else None


def verify_code(code: str) -> bool:
    """Say whether a code is well formed and its check letter fits."""
    return read_code(code) == code


def new_pin() -> str:
    """Make a PIN of six digits; it is shown once, on the receipt."""
    return f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}d}"


def hash_pin(code: str, pin: str) -> bytes:
    """Hash a PIN for storage: keyed by the tenant, bound to its code."""
    return keyed_hash(keyring().search, f"pin:{code}:{pin.strip()}")


def pin_matches(code: str, pin: str, pin_hash: bytes) -> bool:
    """Compare a PIN with its hash in constant time."""
    return hmac.compare_digest(hash_pin(code, pin), pin_hash)
