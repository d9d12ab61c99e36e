"""The laptop's PostgreSQL 18 and Valkey, from wheels: knows processes and no domain word.

They listen on Unix sockets only, run as another user when started by root (PostgreSQL refuses
root), and end with the process that started them, however that one ends.
"""

from tiepdan.embedded.postgres import EmbeddedPostgres, create_roles_and_database
from tiepdan.embedded.process import EmbeddedError
from tiepdan.embedded.valkey import EmbeddedValkey

__all__ = ["EmbeddedError", "EmbeddedPostgres", "EmbeddedValkey", "create_roles_and_database"]
