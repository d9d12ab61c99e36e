"""What the application hangs in: the commands of provisioning."""

from collections.abc import Iterator

import click
from flask import Flask


def init_app(_app: Flask) -> None:
    """Tenancy has no pages of its own."""


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan tenants …`."""
    from tiepdan.tenancy.commands import tenants

    yield tenants
