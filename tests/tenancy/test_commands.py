"""`tiepdan tenants …` as an administrator types it."""

import base64
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tiepdan.tenancy.commands import tenants


@pytest.fixture
def run(own_database, settings, monkeypatch):
    """Run a command on an empty database: run("apply", path, "--yes") -> its result."""
    environment = {
        "DATABASE_URL": settings.database_url,
        "DATABASE_OWNER_URL": own_database,
        "REDIS_URL": settings.redis_url,
        "TIEPDAN_SECRET_KEY": "0f3c9a7be1d24865f09b7c3a5e8d1246",
        "TIEPDAN_ROOT_KEY": base64.b64encode(bytes(range(32))).decode(),
        "TIEPDAN_ENVIRONMENT": "test",
        "TIEPDAN_CLOCK": "2024-06-28",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def run(*arguments, **options):
        return CliRunner().invoke(tenants, [str(argument) for argument in arguments], **options)

    return run


def test_new_writes_the_file_the_repository_ships(tmp_path, repository):
    result = CliRunner().invoke(
        tenants, ["new", "lang-son", "--province", "20", "--as-of", "2022-06-30", "--folder", str(tmp_path)]
    )
    assert result.exit_code == 0, result.output
    assert "227 cơ quan" in result.output
    shipped = (repository / "tenants/lang-son/tenant.toml").read_text()
    assert (tmp_path / "lang-son/tenant.toml").read_text() == shipped


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x", "--province", "3", "--as-of", "2022-06-30"], "Không có tỉnh mã “3”"),
        (["x", "--province", "20", "--as-of", "2018-06-30"], "danh mục có từ ngày 2022-01-01"),
    ],
)
def test_new_refuses_what_the_catalogue_does_not_know(tmp_path, arguments, words):
    result = CliRunner().invoke(tenants, ["new", *arguments, "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert words in result.output
    assert not list(tmp_path.iterdir())


def test_new_does_not_overwrite(tmp_path):
    command = ["new", "lang-son", "--province", "20", "--as-of", "2022-06-30", "--folder", str(tmp_path)]
    CliRunner().invoke(tenants, command)
    assert "--force" in CliRunner().invoke(tenants, command).output
    assert CliRunner().invoke(tenants, [*command, "--force"]).exit_code == 0


def test_plan_then_apply_then_plan_again(run, write, small):
    path = write(small)
    first = run("plan", path)
    assert first.exit_code == 0, first.output
    assert "+ tinh-uy-lang-son: tạo: Tỉnh ủy Lạng Sơn" in first.output
    declined = run("apply", path, input="n\n")
    assert declined.exit_code == 1
    assert json.loads(run("plan", path, "--json").stdout)["changes"] is True
    applied = run("apply", path, "--yes")
    assert applied.exit_code == 0, applied.output
    assert "lang-son: ghi tỉnh 5, tạo 14" in applied.stdout
    assert "14/14 lang-son" in applied.stderr
    assert "không có gì thay đổi" in run("plan", path).stdout
    assert json.loads(run("plan", path, "--json").stdout)["changes"] is False


def test_wrong_files_print_every_fault_and_no_traceback(run, write, small):
    wrong = write(small.replace("189", "999") + "\n[[bodys]]\n", "wrong")
    broken = write("[province", "broken")
    for command in (["plan"], ["apply", "--yes"]):
        result = run(*command, wrong, broken)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        assert f"{wrong}:13: bodies[2].within: " in result.stderr
        assert f"{wrong}:15: bodys: " in result.stderr
        assert f"{broken}:1: " in result.stderr
        assert "chưa thay đổi gì" in result.stderr
    told = json.loads(run("plan", "--json", wrong, broken).stdout)
    assert told["ok"] is False
    assert {fault["key"] for fault in told["faults"]} >= {"bodies[2].within", "bodys", ""}
    assert json.loads(run("list", "--json").stdout) == []


def test_list_and_show_say_what_is_there(run, write, small):
    line = '\n[[reporting_lines]]\nreport = "qd11"\nfrom = ["huyen-uy-dinh-lap"]\nto = "tinh-uy-lang-son"\n'
    assert "tenants new" in run("list").stdout
    run("apply", write(small + line), "--yes")
    listed = run("list", "--province", "lang-son").stdout.splitlines()
    assert listed[0] == "tinh-uy-lang-son  Tỉnh ủy Lạng Sơn"
    assert listed[1] == "  huyen-uy-dinh-lap  Huyện ủy Đình Lập"
    assert listed[-1] == "14 cơ quan."
    assert len(json.loads(run("list", "--json").stdout)) == 14
    assert "superior: tinh-uy-lang-son" in run("show", "huyen-uy-dinh-lap").stdout
    shown = json.loads(run("show", "huyen-uy-dinh-lap", "--json").stdout)
    assert shown["children"] == 12
    assert shown["superiors"] == [{"slug": "tinh-uy-lang-son", "valid_from": "2016-01-01", "valid_to": None}]
    assert [row["slug"] for row in shown["reports_to"]] == ["tinh-uy-lang-son"]
    assert "key" not in json.dumps(shown)
    assert run("show", "nobody").exit_code == 1


def test_suspend_and_resume(run, write, small):
    run("apply", write(small), "--yes")
    assert json.loads(run("suspend", "huyen-uy-dinh-lap", "--json").stdout) == {
        "ok": True, "slug": "huyen-uy-dinh-lap", "state": "suspended", "changed": True
    }  # fmt: skip
    assert "không đổi" in run("suspend", "huyen-uy-dinh-lap").stdout
    assert "[suspended]" in run("list", "--state", "suspended").stdout
    assert run("resume", "huyen-uy-dinh-lap").stdout == "huyen-uy-dinh-lap: active\n"
    unknown = run("suspend", "nobody")
    assert unknown.exit_code == 1
    assert "nobody" in unknown.stderr


def test_without_an_environment_the_commands_say_what_is_missing(write, small, monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "TIEPDAN_ROOT_KEY"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(tenants, ["plan", str(write(small))])
    assert result.exit_code == 1
    assert "DATABASE_URL" in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_stands_for_its_file(run, write, small):
    folder: Path = write(small).parent
    assert run("plan", folder).exit_code == 0
