"""What the application hangs in: the commands of provisioning, and the way on from former addresses."""

from collections.abc import Iterator

import click
from flask import Flask

from tiepdan.tenancy.former_addresses import init_former_addresses


def init_app(app: Flask) -> None:
    """Tenancy has no pages of its own; it leads readers of a former address on."""
    init_former_addresses(app)


def commands() -> Iterator[click.Command]:
    """Yield `tiepdan tenants …`."""
    from tiepdan.tenancy.commands import tenants

    yield tenants
