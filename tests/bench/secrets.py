"""Real ciphertexts for the tenants that are measured: what their list decrypts was encrypted as the vault does it."""

from tests.bench.installation import ROOT_KEY, Database
from tiepdan.core.crypto import derive_key, encrypt, keyed_hash, unwrap_key
from tiepdan.identity.vault import PersonDetails, fold_name

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vi", "Nông", "Lương", "Hà", "Đặng")
_MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh")
_GIVEN = ("An", "Bình", "Chiến", "Dung", "Hạnh", "Hùng", "Lan", "Mai", "Phúc", "Quang", "Sơn", "Tuyết")


def person_number(number: int) -> PersonDetails:
    """Make up a person."""
    name = f"{_FAMILY[number % 10]} {_MIDDLE[number % 6]} {_GIVEN[number % 12]}"
    return PersonDetails(
        name,
        f"Thôn {number % 9 + 1}, xã thử nghiệm",
        "citizen_id",
        f"0200{number:08d}",
        f"09{number:08d}",
        1950 + number % 50,
    )


def encrypt_tenant(database: Database, tenant_id: int) -> int:
    """Replace a tenant's made-up blobs by ciphertexts that its key opens; return how many people it has."""
    import json
    from dataclasses import asdict

    with database.as_data() as connection:
        wrapped = connection.execute("SELECT wrapped_key FROM tenant_key WHERE tenant_id = %s", [tenant_id]).fetchone()[
            0
        ]
        key = unwrap_key(ROOT_KEY, tenant_id, bytes(wrapped))
        search = derive_key(key, "search 1")
        people = connection.execute(
            "SELECT id FROM vault.person WHERE tenant_id = %s ORDER BY id", [tenant_id]
        ).fetchall()
        texts = connection.execute("SELECT id FROM vault.text WHERE tenant_id = %s", [tenant_id]).fetchall()
        rows = []
        for number, (person_id,) in enumerate(people):
            details = person_number(number)
            blob = encrypt(
                key,
                json.dumps(asdict(details), ensure_ascii=False).encode(),
                f"{tenant_id}/vault.person/ciphertext/{person_id}",
            )
            rows.append(
                (
                    blob,
                    keyed_hash(search, f"name:{fold_name(details.full_name)}"),
                    keyed_hash(search, f"id:{details.id_number}"),
                    tenant_id,
                    person_id,
                )
            )
        text = "Đề nghị xem xét việc bồi thường khi thu hồi đất làm đường liên xã. " * 5
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE vault.person SET ciphertext = %s, name_hash = CASE WHEN NOT sealed THEN %s::bytea END,"
                " identity_hash = CASE WHEN NOT sealed THEN %s::bytea END WHERE tenant_id = %s AND id = %s",
                rows,
            )
            cursor.executemany(
                "UPDATE vault.text SET ciphertext = %s WHERE tenant_id = %s AND id = %s",
                [
                    (encrypt(key, text.encode(), f"{tenant_id}/vault.text/ciphertext/{i}"), tenant_id, i)
                    for (i,) in texts
                ],
            )
    return len(people)
