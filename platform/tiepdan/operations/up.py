"""`tiepdan up`: the whole platform on one machine, from nothing to `ready:`, and back to nothing.

Embedded servers stand in where no address is given; with DATABASE_URL, DATABASE_OWNER_URL and
REDIS_URL the same command runs on real ones.
"""

import errno
import http.client
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tiepdan.config import ConfigError, Problem, load_settings
from tiepdan.embedded import EmbeddedError, EmbeddedPostgres, EmbeddedValkey, create_roles_and_database
from tiepdan.operations import metrics
from tiepdan.operations.calendar_step import is_calendar_carried
from tiepdan.operations.demo_steps import BuiltDemo, build_demo
from tiepdan.operations.plugin_watch import PluginWatch
from tiepdan.operations.revision import current_revision, head_revision
from tiepdan.operations.services import EmbeddedService, own_words, platform_services
from tiepdan.operations.state import DEFAULT_STATE, State, StateError
from tiepdan.operations.supervisor import Command, Say, Service, StepFailed, Stopped, Supervisor, end_with_parent

DATABASE = "tiepdan"
# The demo's business day: all four seeds lie in the past and about thirty matters are open.
DEMO_DAY = "2024-06-28"
READY_WITHIN_SECONDS = 60.0


class UpError(Exception):
    """The platform cannot start; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `tiepdan up` was asked for.

    address: where the web server listens; everything else listens on Unix sockets or 127.0.0.1.
    reset: forget all data of the embedded servers first.
    with_parent: end when the parent ends, however it ends.
    """

    demo: bool = False
    address: str = "127.0.0.1"
    port: int = 8000
    reset: bool = False
    with_parent: bool = False
    state: Path = Path(DEFAULT_STATE)


def run(options: Options, say: Say) -> int:
    """Start everything, say `ready:`, watch until asked to stop; give the exit code."""
    if options.with_parent:
        end_with_parent()
    try:
        check_port(options.address, options.port)
        state = State(options.state)
    except (UpError, StateError) as error:
        say(str(error))
        return 1
    began = time.monotonic()
    try:
        with Supervisor(say) as supervisor:
            _start(options, state, supervisor, say, began)
            supervisor.watch(PluginWatch().changed if options.demo else tuple)
    except Stopped:
        say("Đã dừng. / Stopped.")
        return 0
    except (UpError, StepFailed, EmbeddedError, ConfigError) as error:
        say(str(error))
        return 1
    finally:
        state.close()
    return 0


def _start(options: Options, state: State, supervisor: Supervisor, say: Say, began: float) -> None:
    if options.reset:
        if os.environ.get("DATABASE_URL"):
            raise UpError(
                "RESET chỉ xóa dữ liệu nhúng; DATABASE_URL trỏ tới máy chủ riêng, hãy tự xóa ở đó.\n"
                "RESET forgets embedded data only; DATABASE_URL names a server of your own."
            )
        say("Xóa dữ liệu cũ… / forgetting old data…")
        state.reset()
    environ = dict(os.environ)
    _add_servers(state, supervisor, environ, say)
    _add_settings(options, state, environ)
    settings = load_settings(environ)
    logs = state.subfolder("logs")
    if not is_migrated(settings.require_owner_url()) or not is_calendar_carried(settings.require_owner_url()):
        say("Chuẩn bị cơ sở dữ liệu… / preparing the database…")
        supervisor.run_step(Command("migrate", own_words("migrate"), environ=environ, log=logs / "migrate.log"))
    web, *others = platform_services(options.address, settings, environ, logs)
    supervisor.start(web)
    built = BuiltDemo(state.folder / "demo.json")
    if options.demo and (built.text is None or os.environ.get("DATABASE_URL")):
        # The demo's jobs run while it is built; at any other start the web server has the machine to itself first.
        supervisor.start_all(others)
        say("Dựng dữ liệu trình diễn… / building the demo…")
        built.keep(build_demo(supervisor, environ, logs, say))
    wait_until_ready(options.address, options.port, web)
    say(f"ready: http://{options.address}:{options.port} ({time.monotonic() - began:.0f} s)")
    if options.demo and built.text:
        say(built.text)
    supervisor.start_all(others)
    say("Ctrl-C để dừng. / Ctrl-C stops everything.")


def is_migrated(owner_url: str) -> bool:
    """Say whether the schema is already the one this code was written for. Raises UpError if unreachable."""
    try:
        with psycopg.connect(owner_url, connect_timeout=10) as connection:
            return current_revision(connection) == head_revision()
    except psycopg.OperationalError as error:
        raise UpError(
            f"DATABASE_OWNER_URL: không kết nối được, kiểm tra địa chỉ và mật khẩu / cannot connect\n{error}"
        ) from error


def _add_servers(state: State, supervisor: Supervisor, environ: dict[str, str], say: Say) -> None:
    """Start what no address was given for, and put its address into the environment."""
    given = [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if environ.get(name)]
    if len(given) == 1:
        missing = "DATABASE_OWNER_URL" if given == ["DATABASE_URL"] else "DATABASE_URL"
        raise ConfigError(
            [
                Problem(
                    missing,
                    f"phải đi cùng {given[0]}: một vai trò chạy, một vai trò di trú",
                    f"must come together with {given[0]}: one role runs, the other migrates",
                )
            ]
        )
    if not given:
        say("Khởi động PostgreSQL nhúng… / starting the embedded PostgreSQL…")
        secrets = state.secrets()
        postgres = EmbeddedPostgres(state.folder / "postgres", durable=True)
        supervisor.start(EmbeddedService("postgres", postgres))
        passwords = {"tiepdan_owner": secrets.owner_password, "tiepdan_app": secrets.app_password}
        create_roles_and_database(postgres.superuser_url, DATABASE, passwords)
        environ["DATABASE_URL"] = postgres.url(DATABASE, "tiepdan_app", secrets.app_password)
        environ["DATABASE_OWNER_URL"] = postgres.url(DATABASE, "tiepdan_owner", secrets.owner_password)
        # Data and the key that opens it belong together: an embedded database has the folder's secrets.
        environ.setdefault("TIEPDAN_SECRET_KEY", secrets.secret_key)
        environ.setdefault("TIEPDAN_ROOT_KEY", secrets.root_key)
    if not environ.get("REDIS_URL"):
        valkey = EmbeddedValkey(state.folder / "valkey", durable=True)
        supervisor.start(EmbeddedService("valkey", valkey))
        environ["REDIS_URL"] = valkey.url


def _add_settings(options: Options, state: State, environ: dict[str, str]) -> None:
    """Fill in what the environment leaves open."""
    if options.demo:
        environ["TIEPDAN_ENVIRONMENT"] = "demo"
        environ.setdefault("TIEPDAN_CLOCK", DEMO_DAY)
    environ.setdefault("TIEPDAN_ATTACHMENTS", str(state.subfolder("attachments")))
    environ.setdefault("TIEPDAN_METRICS_PORT", "0")
    environ["TIEPDAN_BIND"] = f"{options.address}:{options.port}"
    folder = state.folder / "metrics"
    metrics.empty_folder(folder)
    environ[metrics.FOLDER_VARIABLE] = str(folder)


def check_port(address: str, port: int) -> None:
    """Raise UpError if somebody else listens where the web server should."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            why = {
                errno.EADDRINUSE: "đang được chương trình khác dùng / is in use by another program",
                errno.EACCES: "chỉ dành cho quản trị máy / is reserved for root",
            }.get(error.errno or 0, str(error))
            other = port + 1 if 1024 <= port < 65535 else 8000
            raise UpError(
                f"Cổng {port} {why}.\nChọn cổng khác / choose another port: make demo PORT={other}"
            ) from error


def wait_until_ready(address: str, port: int, web: Service, clock: Callable[[], float] = time.monotonic) -> None:
    """Wait until /readyz answers 200. Raises UpError with the end of the web server's log."""
    until = clock() + READY_WITHIN_SECONDS
    answer = "no answer"
    while clock() < until:
        connection = http.client.HTTPConnection(address, port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            status = connection.getresponse().status
            if status == http.client.OK:
                return
            answer = f"/readyz answers {status}"
        except OSError:
            pass
        finally:
            connection.close()
        if not web.is_running:
            answer = "it ended"
            break
        time.sleep(0.1)
    end = web.end_of_log() if isinstance(web, Command) else ""
    raise UpError(f"Máy chủ web không sẵn sàng / the web server is not ready ({answer}); log: {web.log}\n{end}")
