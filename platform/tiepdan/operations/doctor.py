"""`tiepdan doctor`: every check that can be made from outside, with what to do about each failure."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import psycopg
import redis

from tiepdan.config import ConfigError, Settings, load_settings
from tiepdan.operations import database_checks, machine_checks
from tiepdan.operations.findings import Finding, is_healthy
from tiepdan.operations.roles import UnsafeRole, refuse_unsafe_role

__all__ = ["Finding", "UnsafeRole", "examine", "is_healthy", "refuse_unsafe_role"]

type Findings = Iterator[Finding]


def examine(environ: Mapping[str, str] = os.environ) -> list[Finding]:
    """Make every check that can be made; a part that cannot be reached hides only its own checks."""
    try:
        settings = load_settings(environ)
    except ConfigError as error:
        return [Finding(f"config {item.name}", "fault", item.vi, item.en) for item in error.problems]
    findings = [Finding("config", "ok", f"môi trường {settings.environment}", f"environment {settings.environment}")]
    with ExitStack() as stack:
        findings += _examine_database(settings, stack)
        findings += _examine_queue(settings)
    findings += machine_checks.check_base_domain(settings)
    findings += machine_checks.check_mail(settings)
    findings += machine_checks.check_disk(settings)
    findings += machine_checks.check_calendar(settings)
    return findings


def _examine_database(settings: Settings, stack: ExitStack) -> Findings:
    try:
        app = stack.enter_context(psycopg.connect(settings.database_url, connect_timeout=5, autocommit=True))
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        yield Finding(
            "database",
            "fault",
            f"không kết nối được ({reason}); kiểm tra DATABASE_URL, máy chủ và tường lửa",
            f"cannot connect ({reason}); check DATABASE_URL, the server and the firewall",
        )
        return
    for check in (
        database_checks.check_server,
        database_checks.check_extensions,
        database_checks.check_application_role,
        database_checks.check_fences,
        database_checks.check_journals,
        database_checks.check_migrations,
        database_checks.check_clock,
    ):
        yield from check(app)
    yield from machine_checks.check_keys(app, settings)
    if settings.database_owner_url is not None:
        yield from _examine_owner(settings.database_owner_url, stack)


def _examine_owner(url: str, stack: ExitStack) -> Findings:
    try:
        owner = stack.enter_context(psycopg.connect(url, connect_timeout=5, autocommit=True))
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        yield Finding(
            "owner",
            "fault",
            f"không kết nối được bằng DATABASE_OWNER_URL ({reason}); kiểm tra mật khẩu của tiepdan_owner",
            f"cannot connect with DATABASE_OWNER_URL ({reason}); check the password of tiepdan_owner",
        )
        return
    yield from database_checks.check_owner_role(owner)


def _examine_queue(settings: Settings) -> Findings:
    client = redis.Redis.from_url(settings.redis_url, socket_timeout=5, socket_connect_timeout=5)
    try:
        yield from machine_checks.check_queue(client)
    except redis.RedisError as error:
        yield Finding(
            "queue",
            "fault",
            f"không kết nối được Redis/Valkey ({error}); kiểm tra REDIS_URL",
            f"cannot reach Redis/Valkey ({error}); check REDIS_URL",
        )
    finally:
        client.close()
