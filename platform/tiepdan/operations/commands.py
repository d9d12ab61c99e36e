"""The operator's commands: up, doctor, migrate, worker, sweep, metrics, secrets.

Each imports what it runs when it is called: the web server reads this module too and needs none of
it, and `up` has ten seconds for everything.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from pkgutil import resolve_name

import click

from tiepdan.config import ConfigError, load_settings
from tiepdan.operations.state import DEFAULT_STATE, new_secrets
from tiepdan.operations.sweeping import sweep_repeatedly

# The ways in are above this package; they are started by name, as gunicorn starts its application.
WORKER = "tiepdan.worker:main"
SWEEP = "tiepdan.worker:sweep"
DEMO = "tiepdan.demo:build"


@click.group()
def operations() -> None:
    """Run and look after the platform."""


def operation_commands() -> Iterator[click.Command]:
    """Yield the commands, for `tiepdan …`."""
    yield from operations.commands.values()


@operations.command(help="Chạy cả hệ thống trên máy này. / Run the whole platform on this machine.")
@click.option("--demo", is_flag=True, help="Dựng và mở dữ liệu trình diễn. / Build and serve the demo.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, envvar="PORT")
@click.option("--address", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe. / Where to listen.")
@click.option("--reset", is_flag=True, help="Xóa dữ liệu nhúng và làm lại từ đầu. / Forget embedded data first.")
@click.option("--with-parent", is_flag=True, hidden=True)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_STATE,
    show_default=True,
    envvar="TIEPDAN_STATE",
    help="Thư mục dữ liệu nhúng và khóa. / Folder of embedded data and secrets.",
)
def up(*, demo: bool, port: int, address: str, reset: bool, with_parent: bool, state: Path) -> None:
    """Start everything and watch it."""
    from tiepdan.operations.up import Options, run

    raise SystemExit(run(Options(demo, address, port, reset, with_parent, state), _say))


@operations.command(help="Cho biết điều gì sai và phải làm gì. / Say what is wrong and what to do.")
@click.option("--json", "as_json", is_flag=True)
def doctor(*, as_json: bool) -> None:
    """Make every check; exit code 1 if one found a fault."""
    from tiepdan.operations.doctor import examine, is_healthy

    findings = examine()
    if as_json:
        _say(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        marks = {"ok": "✓", "warning": "!", "fault": "✗"}
        for finding in findings:
            _say(f"{marks[finding.outcome]} {finding.check}: {finding.vi}")
            if finding.outcome != "ok":
                _say(f"    {finding.en}")
    raise SystemExit(0 if is_healthy(findings) else 1)


@operations.command(help="Đưa cơ sở dữ liệu lên phiên bản mới nhất. / Bring the database to the newest schema.")
def migrate() -> None:
    """Run missing migrations as the owner; then carry a new calendar into the open deadlines."""
    from tiepdan.operations.calendar_step import carry_calendar
    from tiepdan.operations.migrate import upgrade

    url = os.environ.get("DATABASE_OWNER_URL")
    if not url:
        raise click.ClickException("DATABASE_OWNER_URL: chưa có / is not set")
    upgrade(url)
    for line in carry_calendar(url):
        _say(line)


@operations.command(help="Xử lý hàng đợi. / Work on the queues.")
def worker() -> None:
    """Work until told to stop."""
    _refuse_bad_settings()
    resolve_name(WORKER)()


@operations.command(help="Quét các thời hạn đã tới. / Look for deadlines that are due.")
@click.option("--every", type=click.FloatRange(min=1), help="Lặp lại sau mỗi N giây. / Repeat every N seconds.")
def sweep(*, every: float | None) -> None:
    """Sweep once, or repeatedly."""
    _refuse_bad_settings()
    run = resolve_name(SWEEP)
    if every is None:
        run()
    else:
        sweep_repeatedly(run, every)


@operations.command(help="Mở /metrics ở cổng riêng. / Serve /metrics on a private port.")
@click.option("--port", type=click.IntRange(1, 65535), envvar="TIEPDAN_METRICS_PORT", required=True)
@click.option("--address", default="127.0.0.1", show_default=True)
def metrics(*, port: int, address: str) -> None:
    """Serve the counts of all processes of this machine or pod."""
    from tiepdan.operations.metrics import serve_metrics

    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        raise click.ClickException("PROMETHEUS_MULTIPROC_DIR: chưa có / is not set")
    serve_metrics(port, address)


@operations.command(help="In khóa mới cho một nơi cài đặt. / Print fresh secrets for an installation.")
def secrets() -> None:
    """Print fresh secrets as environment variables; nothing is stored."""
    fresh = new_secrets()
    _say(f"TIEPDAN_SECRET_KEY={fresh.secret_key}")
    _say(f"TIEPDAN_ROOT_KEY={fresh.root_key}")


@operations.command(hidden=True)
@click.option("--result", type=click.Path(dir_okay=False, path_type=Path), required=True)
def demo(*, result: Path) -> None:
    """Build the demo unless it is built; write the text about tenants and logins to a file."""
    text = resolve_name(DEMO)(load_settings(), lambda line: _say(f"  {line}"))
    result.write_text(text)


def _refuse_bad_settings() -> None:
    try:
        load_settings()
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def _say(line: str) -> None:
    click.echo(line)
