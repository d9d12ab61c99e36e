"""`python -m tiepdan.operations …`: how the supervisor starts its own steps and services."""

from tiepdan.operations.commands import operations

operations(prog_name="tiepdan")
