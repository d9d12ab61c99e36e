"""`tiepdan plugin new`: what it makes runs, is checked and tested; what it cannot make leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.authoring.folders import check, findings_of
from tiepdan.authoring.commands import plugin_group


def new(*words: str):
    return CliRunner().invoke(plugin_group, ["new", *words])


@pytest.mark.parametrize("level", ["province", "all"])
def test_what_is_made_passes_the_check_and_its_own_tests(tmp_path: Path, level: str):
    answer = new("my-plugin", "--level", level, "--to", str(tmp_path))
    assert answer.exit_code == 0, answer.output
    made = tmp_path / "my-plugin"
    findings = findings_of(check(made))
    assert [finding for finding in findings if not finding["ok"]] == []
    assert {"tighten_only", "time_budget", "answers"} <= {finding["check"] for finding in findings}
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=made,
        capture_output=True,
        text=True,
        check=False,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
    )
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert "passed" in tested.stdout


def test_it_is_made_for_its_level_with_a_hook_of_every_family(tmp_path: Path):
    assert new("my-district", "--level", "district", "--to", str(tmp_path)).exit_code == 0
    source = (tmp_path / "my-district/tiepdan_my_district/__init__.py").read_text()
    assert "level=Level.DISTRICT" in source
    offered = [
        "deadline_rules",
        "escalation_routes",
        "event_happened",
        "form_parts",
        "home_cards",
        "report_definitions",
    ]
    assert [name for name in offered if f"def {name}(" not in source] == []
    readme = (tmp_path / "my-district/README.md").read_text()
    assert "Plugin cho cấp huyện" in readme
    assert "*English.* A plugin for districts" in readme


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["My_Plugin", "--level", "province"], "không dùng được"),
        (["a", "--level", "province"], "không dùng được"),
        (["../escape", "--level", "province"], "không dùng được"),
        (["ends-", "--level", "province"], "không dùng được"),
        (["fine", "--level", "ward"], "Không có cấp 'ward'"),
        (["fine"], "Không có cấp ''"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(tmp_path: Path, words: list[str], said: str):
    answer = new(*words, "--to", str(tmp_path))
    assert answer.exit_code == 2
    assert said in answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("mine")
    answer = new("mine", "--level", "commune", "--to", str(tmp_path))
    assert answer.exit_code == 2
    assert "đã có" in answer.output
    assert [each.name for each in tmp_path.rglob("*")] == ["mine", "work.txt"]
    assert new("other", "--level", "commune", "--to", str(tmp_path / "nowhere")).exit_code == 2
