"""The PIN of a receipt, on its way from the registration to the printed page: stored nowhere on the server."""

import base64
from uuid import UUID

from flask import session

from tiepdan.core.crypto import decrypt, encrypt
from tiepdan.identity.keys import keyring

_PINS = "visit_pins"
_KEPT = 3  # the last few: officers print after the next person has begun to speak


def keep_pin(visit_id: UUID, plain: str) -> None:
    """Put the PIN into the officer's own cookie, encrypted, until the receipt is shown."""
    blob = encrypt(keyring().data, plain.encode(), f"visit-receipt/{visit_id}")
    kept = dict(list(session.get(_PINS, {}).items())[-(_KEPT - 1) :])
    kept[str(visit_id)] = base64.b64encode(blob).decode()
    session[_PINS] = kept


def take_pin(visit_id: UUID) -> str | None:
    """Return the PIN once; None when it was shown before."""
    kept = dict(session.get(_PINS, {}))
    blob = kept.pop(str(visit_id), None)
    if blob is None:
        return None
    session[_PINS] = kept
    return decrypt(keyring().data, base64.b64decode(blob), f"visit-receipt/{visit_id}").decode()
