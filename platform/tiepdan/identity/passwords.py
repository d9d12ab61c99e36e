"""Passwords: argon2id, and what a password must be."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _

from tiepdan.core.errors import Invalid

SHORTEST = 12  # letters; length defends better than composition rules

_strong = PasswordHasher()
# Tests sign in hundreds of people, and the password of the demo is printed: the real cost would protect nothing.
_quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@cache
def _unknown() -> str:
    """Return the hash that an unknown login is checked against; made when first needed, for it is slow by design."""
    return _hasher().hash("nobody has this password")


def _hasher() -> PasswordHasher:
    return _strong if current_app.config["TIEPDAN"].environment == "production" else _quick


def hash_password(password: str) -> str:
    """Hash a password with argon2id."""
    return _hasher().hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Say whether a password is right; takes as long for an account that does not exist."""
    try:
        return _hasher().verify(stored or _unknown(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """Say whether a hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(stored)


def check_new_password(password: str, *, login: str, full_name: str) -> None:
    """Raise Invalid when a new password is too short or is the person's own name."""
    lowered = password.casefold()
    if len(password) < SHORTEST:
        message = _("Mật khẩu phải có ít nhất %(count)d ký tự.", count=SHORTEST)
        raise Invalid(message, {"password": message})
    if lowered == full_name.casefold() or login.casefold() in lowered or len(set(lowered)) < 5:
        message = _("Mật khẩu dễ đoán. Hãy chọn một cụm từ dài, không chứa tên đăng nhập.")
        raise Invalid(message, {"password": message})
