"""`tiepdan plugin …`: make a plugin, check a plugin. For authors; neither needs a database nor settings."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from tiepdan.sdk import Level


@click.group("plugin")
def plugin_group() -> None:
    """Viết plugin: tạo mới, kiểm tra. / Write a plugin: make one, check it."""


def authoring_commands() -> Iterator[click.Command]:
    """Yield the commands, for `tiepdan …`."""
    yield plugin_group


@plugin_group.command("new")
@click.argument("name")
@click.option("--level", default="", help="Cấp: province, district, commune, all. / Level it is made for.")
@click.option("--declarative", is_flag=True, help="Chỉ là dữ liệu, không có mã Python. / Data only, no Python.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Thư mục chứa plugin mới. / Folder to make it in.",
)
def new_command(name: str, level: str, folder: Path, *, declarative: bool) -> None:
    """Tạo một plugin chạy được, có kiểm thử. / Make a plugin that runs, with its test."""
    from tiepdan.authoring.skeleton import ALL_LEVELS, Unmakeable, make_plugin

    levels = [*Level, ALL_LEVELS]
    if level not in levels:
        _refuse(f"Không có cấp {level!r}; hãy chọn: {', '.join(levels)}. / No such level.")
    try:
        made = make_plugin(name, None if level == ALL_LEVELS else Level(level), folder, declarative=declarative)
    except Unmakeable as fault:
        _refuse(str(fault))
    click.echo(f"Đã tạo {made}. Tiếp theo / Next:")
    click.echo(f"  tiepdan plugin check {made}")
    if declarative:
        click.echo(f"  zip -r {name}.zip {made}")
        click.echo("  rồi tải lên ở trang Plugin / then upload it on the page of plugins: /plugins/upload")
    else:
        click.echo(f"  pytest {made}")


@plugin_group.command("check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In JSON cho phần mềm khác đọc. / Print JSON.")
def check_command(path: Path, *, as_json: bool) -> None:
    """Kiểm tra chất lượng một plugin trước khi công bố. / Check a plugin before it is published."""
    from tiepdan.authoring.checking import check_plugin
    from tiepdan.authoring.quality import is_publishable

    if not path.exists():
        _refuse(f"Không có {path}. / There is no such folder or file.")
    findings = check_plugin(path)
    fine = is_publishable(findings)
    if as_json:
        report = {"path": str(path), "ok": fine, "findings": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            mark = click.style("ok ", fg="green") if finding.ok else click.style("LỖI", fg="red")
            mark = click.style("chú ý", fg="yellow") if finding.warning else mark
            same = finding.vi == finding.en
            click.echo(f"{mark} {finding.check:<16} {finding.vi}{'' if same else f' / {finding.en}'}")
        faults = sum(not finding.ok for finding in findings)
        click.echo("Đạt. / Fit to be published." if fine else f"{faults} lỗi phải sửa. / {faults} faults to mend.")
    raise SystemExit(0 if fine else 1)


@plugin_group.command("examine", hidden=True)
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("module")
@click.argument("name")
@click.option("--into", type=click.Path(path_type=Path), required=True)
def examine_command(path: Path, module: str, name: str, into: Path) -> None:
    """Load and ask a plugin in this process; `check` starts it beside itself."""
    from tiepdan.authoring.examination import examine

    findings = examine(path, module, name)
    into.write_text(json.dumps([asdict(finding) for finding in findings]), encoding="utf-8")


def _refuse(why: str) -> None:
    click.echo(why, err=True)
    raise SystemExit(2)
