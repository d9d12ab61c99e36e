"""Envelope encryption: a root key wraps one data key per tenant, which encrypts that tenant's vault.

A ciphertext starts with a format byte and a key version, and is bound to its place (tenant, table, column,
row) as associated data: moved to another row or tenant it does not open.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORMAT = b"\x01"  # AES-256-GCM, 12-byte nonce
_NONCE = 12
KEY_BYTES = 32


class Undecipherable(Exception):
    """The ciphertext is damaged, was moved, or belongs to another key."""


@dataclass(frozen=True, slots=True)
class TenantKeys:
    """A new tenant's keys, ready to be stored: the secret ones wrapped by the root key."""

    wrapped_key: bytes
    public_key: bytes
    wrapped_private_key: bytes


def encrypt(key: bytes, plaintext: bytes, place: str, *, version: int = 1) -> bytes:
    """Encrypt for one place; the key version travels in front of the ciphertext."""
    nonce = os.urandom(_NONCE)
    header = _FORMAT + version.to_bytes(2, "big")
    return header + nonce + AESGCM(key).encrypt(nonce, plaintext, header + place.encode())


def decrypt(key: bytes, blob: bytes, place: str) -> bytes:
    """Decrypt what `encrypt` made for this place; raise Undecipherable otherwise."""
    header, nonce, body = blob[:3], blob[3 : 3 + _NONCE], blob[3 + _NONCE :]
    if header[:1] != _FORMAT:
        raise Undecipherable(f"unknown format {header[:1].hex()} at {place}")
    try:
        return AESGCM(key).decrypt(nonce, body, header + place.encode())
    except (InvalidTag, ValueError) as error:  # a truncated blob has no whole nonce
        raise Undecipherable(place) from error


def new_tenant_keys(root_key: bytes, tenant_id: int) -> TenantKeys:
    """Make a tenant's data key and its X25519 pair, wrapped for storage."""
    private = X25519PrivateKey.generate()
    raw = private.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return TenantKeys(
        wrapped_key=encrypt(root_key, os.urandom(KEY_BYTES), f"tenant_key/{tenant_id}/data"),
        public_key=public,
        wrapped_private_key=encrypt(root_key, raw, f"tenant_key/{tenant_id}/private"),
    )


def unwrap_key(root_key: bytes, tenant_id: int, wrapped: bytes, purpose: str = "data") -> bytes:
    """Open a tenant's data key ("data") or private key ("private") with the root key."""
    return decrypt(root_key, wrapped, f"tenant_key/{tenant_id}/{purpose}")


def derive_key(key: bytes, purpose: str) -> bytes:
    """Derive an independent key for one purpose (for example the keyed hashes of names)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def keyed_hash(key: bytes, value: str) -> bytes:
    """Hash a value so that it can be searched for, but not guessed without the key."""
    return hmac.new(key, value.encode(), hashlib.sha256).digest()


def seal(public_key: bytes, plaintext: bytes, place: str) -> bytes:
    """Encrypt to a tenant's public key: whoever seals needs nobody's secret (ephemeral X25519)."""
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_key))
    own = ephemeral.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    key = derive_key(shared + own + public_key, "tiepdan sealed box 1")
    return own + encrypt(key, plaintext, place)


def open_sealed(private_key: bytes, blob: bytes, place: str) -> bytes:
    """Open what `seal` made for this place with the receiver's private key."""
    private = X25519PrivateKey.from_private_bytes(private_key)
    own, body = blob[:32], blob[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(own))
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return decrypt(derive_key(shared + own + public, "tiepdan sealed box 1"), body, place)
