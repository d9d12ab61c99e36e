"""The vault: personal identities and free texts, encrypted, in a schema of their own.

The application may put rows in; to read or change one it enters the role `tiepdan_vault` for one statement.
Rows are unsealed until a case turns out to be a denunciation; a sealed row is shown by the database only to a
statement that names it, and only after the read was written into the journal.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, cast
from uuid import UUID

import psycopg
import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import write_event
from tiepdan.core.actor import Actor
from tiepdan.core.crypto import decrypt, encrypt, keyed_hash
from tiepdan.core.db import as_role, db, independent_transaction, new_id
from tiepdan.core.diacritics import strip_marks
from tiepdan.core.errors import Invalid, NotFound
from tiepdan.core.inserts import insert_rows
from tiepdan.core.scope import tenant_scope
from tiepdan.identity.keys import TenantKeyring, keyring
from tiepdan.identity.models import VaultPerson, VaultText

ROLE = "tiepdan_vault"
SHORTEST_REASON = 10
_persons = cast("sa.Table", VaultPerson.__table__)
_texts = cast("sa.Table", VaultText.__table__)


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Who a visitor or petitioner is, as they said at the door.

    id_kind: "citizen_id" (căn cước), "passport" or "" when nothing was shown.
    """

    full_name: str
    address: str = ""
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    birth_year: int | None = None


def fold_name(name: str) -> str:
    """Fold a name for comparison: no case, no marks, single spaces ("Nguyễn  Văn Đức" → "nguyen van duc")."""
    return " ".join(strip_marks(name.casefold()).split())


def store_person(details: PersonDetails, *, sealed: bool = False) -> UUID:
    """Put one appearance of a person into the vault and return its id."""
    return store_people([details], sealed=sealed)[0]


def store_people(people: Sequence[PersonDetails], *, sealed: bool = False) -> list[UUID]:
    """Put several people into the vault in one statement; the ids come in the same order."""
    keys = keyring()
    rows = [_person_row(keys, new_id(), details, sealed=sealed) for details in people]
    insert_rows(_persons, rows)
    return [row["id"] for row in rows]


def store_text(text: str, *, sealed: bool = False) -> UUID:
    """Put a free text into the vault and return its id."""
    return store_texts([text], sealed=sealed)[0]


def store_texts(texts: Sequence[str], *, sealed: bool = False) -> list[UUID]:
    """Put several texts into the vault in one statement; the ids come in the same order."""
    keys = keyring()
    rows = [_text_row(keys, new_id(), text, sealed=sealed) for text in texts]
    insert_rows(_texts, rows)
    return [row["id"] for row in rows]


def read_people(ids: Collection[UUID]) -> dict[UUID, PersonDetails | None]:
    """Decrypt people for a page, in one statement; a sealed (or foreign) one is None."""
    blobs = _read(_persons, ids)
    keys = keyring() if blobs else None
    return {i: _open_person(keys, i, blobs[i]) if keys and i in blobs else None for i in ids}


def read_texts(ids: Collection[UUID]) -> dict[UUID, str | None]:
    """Decrypt texts for a page, in one statement; a sealed (or foreign) one is None."""
    blobs = _read(_texts, ids)
    keys = keyring() if blobs else None
    return {i: _open_text(keys, i, blobs[i]) if keys and i in blobs else None for i in ids}


def find_people(*, id_number: str = "", full_name: str = "", limit: int = 50) -> list[tuple[UUID, PersonDetails]]:
    """Find earlier, unsealed appearances by identity number or, without one, by the folded name, newest first."""
    keys = keyring()
    if id_number.strip():
        found = _persons.c.identity_hash == keyed_hash(keys.search, f"id:{normal_id(id_number)}")
    elif full_name.strip():
        found = _persons.c.name_hash == keyed_hash(keys.search, f"name:{fold_name(full_name)}")
    else:
        return []
    query = sa.select(_persons.c.id, _persons.c.ciphertext).where(
        _persons.c.tenant_id == keys.tenant_id, found, ~_persons.c.sealed
    )
    with as_role(ROLE) as connection:
        rows = connection.execute(query.order_by(_persons.c.id.desc()).limit(limit)).all()
    return [(row.id, _open_person(keys, row.id, row.ciphertext)) for row in rows]


def seal_people(ids: Collection[UUID]) -> None:
    """Seal people: from now on only a named, journalled read opens them, and no search finds them."""
    _seal(_persons, ids, {"sealed": True, "name_hash": None, "identity_hash": None})


def seal_texts(ids: Collection[UUID]) -> None:
    """Seal texts."""
    _seal(_texts, ids, {"sealed": True})


def forget_texts(ids: Collection[UUID], *, sealed: bool = False) -> None:
    """Delete texts for good: nothing in this committee may point to them any more.

    sealed: those that are sealed too, each named as if it were opened; otherwise a sealed one stays.
    """
    if not ids:
        return
    for row_id in ids if sealed else ():
        own = sa.and_(_texts.c.tenant_id == tenant_scope().tenant_id, _texts.c.id == row_id, _texts.c.sealed)
        with _naming(row_id), as_role(ROLE) as connection:
            connection.execute(sa.delete(_texts).where(own))
    wanted = sa.delete(_texts).where(_texts.c.tenant_id == tenant_scope().tenant_id, _texts.c.id.in_(list(ids)))
    with as_role(ROLE) as connection:
        connection.execute(wanted)


def unseal_person(person_id: UUID, *, actor: Actor, reason: str) -> PersonDetails:
    """Read one sealed person; raises Forbidden, Invalid without a reason, NotFound."""
    blob = _read_sealed(_persons, person_id, "person", actor, reason)
    return _open_person(keyring(), person_id, blob)


def unseal_text(text_id: UUID, *, actor: Actor, reason: str) -> str:
    """Read one sealed text; raises Forbidden, Invalid without a reason, NotFound."""
    blob = _read_sealed(_texts, text_id, "text", actor, reason)
    return _open_text(keyring(), text_id, blob)


def journal_read(action: str, *, actor: Actor, subject_type: str, subject_id: UUID, reason: str) -> None:
    """Write the read of something sealed and its reason down in a transaction of their own, before it is read.

    The reason may itself name people, so it goes into the vault and the journal keeps its id.
    Raises Forbidden, Invalid without a reason.
    """
    actor.require("identities.unseal")
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("Hãy ghi rõ lý do xem danh tính (ít nhất %(count)d ký tự).", count=SHORTEST_REASON)
        raise Invalid(message, {"reason": message})
    reason_row = _text_row(keyring(), new_id(), reason.strip(), sealed=False)
    with independent_transaction() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {ROLE}")
        connection.execute(sa.insert(_texts), reason_row)
        connection.exec_driver_sql("RESET ROLE")
        write_event(
            connection,
            action,
            actor=actor,
            subject_type=subject_type,
            subject_id=subject_id,
            detail={"reason_id": str(reason_row["id"])},
        )


def normal_id(number: str) -> str:
    """Normalise an identity number: no spaces, dots or dashes, capitals."""
    return "".join(c for c in number.upper() if c.isalnum())


def _place(table: str, row_id: UUID) -> str:
    return f"{tenant_scope().tenant_id}/vault.{table}/ciphertext/{row_id}"


def _person_row(keys: TenantKeyring, row_id: UUID, details: PersonDetails, *, sealed: bool) -> dict[str, Any]:
    plain = json.dumps(asdict(details), ensure_ascii=False).encode()
    number = normal_id(details.id_number)
    return {
        "tenant_id": keys.tenant_id,
        "id": row_id,
        "sealed": sealed,
        "ciphertext": encrypt(keys.data, plain, _place("person", row_id), version=keys.version),
        "name_hash": None if sealed else keyed_hash(keys.search, f"name:{fold_name(details.full_name)}"),
        "identity_hash": keyed_hash(keys.search, f"id:{number}") if number and not sealed else None,
    }


def _text_row(keys: TenantKeyring, row_id: UUID, text: str, *, sealed: bool) -> dict[str, Any]:
    blob = encrypt(keys.data, text.encode(), _place("text", row_id), version=keys.version)
    return {"tenant_id": keys.tenant_id, "id": row_id, "sealed": sealed, "ciphertext": blob}


def _open_person(keys: TenantKeyring, row_id: UUID, blob: bytes) -> PersonDetails:
    values: Mapping[str, object] = json.loads(decrypt(keys.data, blob, _place("person", row_id)))
    return PersonDetails(**values)  # type: ignore[arg-type]  # written by _person_row


def _open_text(keys: TenantKeyring, row_id: UUID, blob: bytes) -> str:
    return decrypt(keys.data, blob, _place("text", row_id)).decode()


def _read(table: sa.Table, ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Enter the role, read and leave it in one round trip: lists wait for it on every page."""
    wanted = [str(UUID(str(i))) for i in ids if i is not None]
    if not wanted:
        return {}
    tenant_id = tenant_scope().tenant_id
    listed = ",".join(wanted)
    statement = (  # several statements in one message take no parameters: an int and checked UUIDs are all
        f"SET LOCAL ROLE {ROLE}; "
        f"SELECT id, ciphertext FROM vault.{table.name} "
        f"WHERE tenant_id = {int(tenant_id)} AND id = ANY('{{{listed}}}'::uuid[]) AND NOT sealed; "
        "RESET ROLE"
    )
    raw = cast("psycopg.Connection[Any]", db.session.connection().connection.driver_connection)
    with raw.cursor() as cursor:
        cursor.execute(statement.encode())
        cursor.nextset()
        return dict(cursor.fetchall())


def _seal(table: sa.Table, ids: Collection[UUID], values: dict[str, object]) -> None:
    """Seal rows one by one: PostgreSQL wants the changed row to be visible, so each is named while it is sealed."""
    for row_id in ids:
        change = sa.update(table).where(
            table.c.tenant_id == tenant_scope().tenant_id, table.c.id == row_id, ~table.c.sealed
        )
        with _naming(row_id), as_role(ROLE) as connection:
            connection.execute(change.values(**values))


@contextmanager
def _naming(row_id: UUID) -> Iterator[None]:
    """Name one sealed row to the database's policy for the statements of the block."""
    db.session.flush()
    connection = db.session.connection()
    connection.exec_driver_sql(f"SET LOCAL app.unseal_id = '{UUID(str(row_id))}'")
    try:
        yield
    except sa.exc.DBAPIError:
        raise  # the transaction is broken: its rollback takes the setting along
    except BaseException:
        connection.exec_driver_sql("SET LOCAL app.unseal_id = ''")
        raise
    connection.exec_driver_sql("SET LOCAL app.unseal_id = ''")


def _read_sealed(table: sa.Table, row_id: UUID, noun: str, actor: Actor, reason: str) -> bytes:
    journal_read("identity.unsealed", actor=actor, subject_type=f"vault.{noun}", subject_id=row_id, reason=reason)
    query = sa.select(table.c.ciphertext).where(table.c.tenant_id == tenant_scope().tenant_id, table.c.id == row_id)
    with _naming(row_id), as_role(ROLE) as connection:
        blob = connection.scalar(query)
    if blob is None:
        raise NotFound(f"{noun} {row_id}")
    return bytes(blob)
