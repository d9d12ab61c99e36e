"""What a database role may, and the refusal to run as one that row-level security does not hold."""

from dataclasses import dataclass

import sqlalchemy as sa

# One row about the role that asks: its name, its powers, and the roles it can turn into.
ROLE_QUERY = """
    SELECT current_user::text, rolsuper, rolbypassrls, rolcreaterole,
           ARRAY(SELECT other.rolname::text FROM pg_roles AS other
                 WHERE other.rolname <> current_user
                   AND (other.rolsuper OR other.rolbypassrls OR other.rolcreaterole
                        OR other.oid = (SELECT datdba FROM pg_database WHERE datname = current_database()))
                   AND pg_has_role(current_user, other.oid, 'MEMBER')),
           (SELECT datdba = pg_roles.oid FROM pg_database WHERE datname = current_database())
    FROM pg_roles WHERE rolname = current_user
"""


class UnsafeRole(Exception):
    """The application's database role could see other tenants' rows; nothing may start with it."""


@dataclass(frozen=True, slots=True)
class RolePowers:
    """What the connected role may.

    may_become: roles it can enter that are free of the fences or may remove them.
    """

    name: str
    is_superuser: bool
    bypasses_fences: bool
    creates_roles: bool
    may_become: tuple[str, ...]
    owns_database: bool

    def faults(self) -> list[str]:
        """List why the application must not run as this role."""
        found = []
        if self.is_superuser:
            found.append("SUPERUSER")
        if self.bypasses_fences:
            found.append("BYPASSRLS")
        if self.creates_roles:
            found.append("CREATEROLE")
        if self.owns_database:
            found.append("owner of the database")
        found += [f"member of {role}" for role in self.may_become]
        return found


def powers_from_row(row: tuple[str, bool, bool, bool, list[str], bool]) -> RolePowers:
    """Read the answer to ROLE_QUERY."""
    name, is_superuser, bypasses, creates, others, owns = row
    # A superuser is a member of every role: naming them all would hide the reason.
    return RolePowers(name, is_superuser, bypasses, creates, () if is_superuser else tuple(others), owns)


def refuse_unsafe_role(engine: sa.Engine) -> None:
    """Raise UnsafeRole if the application's role is not held by row-level security. Called at every start."""
    with engine.connect() as connection:
        row = connection.exec_driver_sql(ROLE_QUERY).one()
    powers = powers_from_row(tuple(row))
    if faults := powers.faults():
        why = ", ".join(faults)
        raise UnsafeRole(
            f"DATABASE_URL: vai trò {powers.name} vượt được hàng rào giữa các cơ quan ({why}); "
            f"hãy dùng tiepdan_app (xem migrations/roles.sql).\n"
            f"    role {powers.name} is not held by row-level security ({why}); use tiepdan_app."
        )
