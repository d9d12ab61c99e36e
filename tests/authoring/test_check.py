"""`tiepdan plugin check`: every rule of the list can fail, says where, and a broken plugin breaks nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.authoring.folders import PACKAGE, PYPROJECT, check, findings_of, write_plugin
from tiepdan.authoring.commands import plugin_group
from tiepdan.authoring.distribution_checks import check_companions, read_distribution
from tiepdan.authoring.source_checks import check_source

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(each.parent for each in (ROOT / "plugins").glob("*/pyproject.toml"))


def faults(answer) -> dict[str, str]:
    return {finding["check"]: finding["vi"] for finding in findings_of(answer) if not finding["ok"]}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_this_repository_ships_is_fit_to_be_published(path: Path):
    answer = check(path)
    assert faults(answer) == {}
    assert answer.exit_code == 0


def test_a_right_plugin_passes_line_by_line(tmp_path: Path):
    answer = CliRunner().invoke(plugin_group, ["check", str(write_plugin(tmp_path))])
    assert answer.exit_code == 0, answer.output
    assert "LỖI" not in answer.output
    assert "Đạt." in answer.output


def changed(old: str, new: str, text: str = PACKAGE) -> str:
    assert old in text
    return text.replace(old, new)


OBSERVER = (
    changed("DeadlineRule,", "DeadlineRule, Notice,")
    + """

times = []


@hookimpl
def event_happened(event):
    times.append(event.key)
    words = {"vi": f"Lần {len(times)}", "en": f"Time {len(times)}"}
    return [Notice(words, words)]
"""
)
RULE = 'DeadlineRule("party.notice", days, DayUnit.WORKING, "CV 1")'
BODY = "    days = settings.get"


@pytest.mark.parametrize(
    ("package", "rule", "said"),
    [
        (changed('"maximum": 7', '"maximum": 11'), "tighten_only", "party.notice: 11 ngày"),
        (changed('"maximum": 7', '"maximum": 11').replace("def deadline_rules(settings)", "def deadline_rules(on, settings)"), "tighten_only", "muộn hơn luật"),
        (changed("party.notice", "complaint.acceptance"), "tighten_only", "complaint.acceptance"),  # around Tết
        (changed("party.notice", "complaint.dialogue.notice"), "answers", "a stricter rule says at_least"),
        (changed("party.notice", "no.such.duty"), "answers", "no duty"),
        (changed(RULE, "days"), "answers", "TypeError"),
        (changed(BODY, "    1 / 0\n" + BODY), "answers", "division by zero [__init__.py:"),
        (changed(BODY, "    import time; time.sleep(0.3)\n" + BODY), "time_budget", "250 ms"),
        (changed('"Của tôi", "en": "Mine"', '"Của tôi", "en": ""'), "manifest", "en"),
        (changed(', "x-label": {"vi": "Số ngày", "en": "Days"}', ""), "settings", "days: x-label thiếu en, vi"),
        (changed('"type": "integer"', '"type": "whole"'), "settings", "2020-12"),
        (changed('"type": "object"', '"type": "array"'), "settings", '"type": "object"'),
        (changed('"maximum": 7', '"maximum": 7, "default": 9'), "settings", "mặc định"),
        (changed('"maximum": 7', '"maximum": 7, "multipleOf": 13'), "settings", "days: không tìm được"),
        (changed('"maximum": 7', '"maximum": 11').replace('"properties": {', '"properties": {"slug": {"type": "string", "pattern": "^[a-z]+$", "x-label": {"vi": "Tên", "en": "Name"}},'), "tighten_only", "party.notice: 11"),
        (changed(">=1.0,<2", ">=2"), "api", ">=2"),
        (changed('name="mine"', 'name="other"'), "entry_point", "other"),
        (changed("PLUGIN = Manifest", "SOMETHING = Manifest"), "manifest", "PLUGIN"),
        (changed("def deadline_rules(settings)", "def deadline_rule(settings)"), "hooks", "deadline_rule"),
        (changed("def deadline_rules(settings)", "def petition_closed(petition_id)"), "hooks", "petition_closed"),
        (changed("def deadline_rules(settings)", "def deadline_rules(settings, session)"), "hooks", "session"),
        (changed("@hookimpl", "@hookimpl(tryfirst=True)"), "hooks", "tryfirst"),
        (changed("@hookimpl", ""), "hooks", "không có hook"),
        (PACKAGE + "import no_such_module\n", "import", "No module named"),
        (PACKAGE + "import os\nos._exit(0)\n", "import", "exit 0"),
        (PACKAGE + "raise SystemExit('bye')\n", "import", "bye"),
        (OBSERVER, "answers", "lần thứ hai"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, package: str, rule: str, said: str):
    answer = check(write_plugin(tmp_path, package))
    found = faults(answer)
    assert answer.exit_code == 1
    assert rule in found, found
    assert said in found[rule]


@pytest.mark.parametrize(
    ("package", "rule", "said"),
    [
        (changed(BODY, "    date.today()\n" + BODY), "wall_clock", "datetime.date.today"),
        (changed(BODY, "    import time as t; t.time()\n" + BODY), "wall_clock", "time.time"),
        (changed('"""Mine."""', "from tiepdan.core.db import db"), "private_imports", "tiepdan.core.db"),
        (changed('"""Mine."""', "import importlib; importlib.import_module('tiepdan' + '.app')"), "private_imports", "theo tên"),
        (changed('"Của tôi", "en": "Mine"', '"Của tôi"'), "languages", "thiếu en"),
        (PACKAGE + "def (:\n", "source", "sai cú pháp"),
    ],
)  # fmt: skip
def test_what_the_source_says_is_read_without_running_it(tmp_path: Path, package: str, rule: str, said: str):
    found = {
        line.check: line.vi for line in check_source(write_plugin(tmp_path, package) / "tiepdan_mine") if not line.ok
    }
    assert rule in found
    assert said in found[rule]


@pytest.mark.parametrize(
    ("pyproject", "rule", "said"),
    [
        (changed('license = "Apache-2.0"\n', "", PYPROJECT), "metadata", "license"),
        (changed('requires-python = ">=3.13"\n', "", PYPROJECT), "metadata", "requires-python"),
        (changed('"1.0.0"', '"first"', PYPROJECT), "metadata", "version"),
        (changed('["tiepdan"]', "[]", PYPROJECT), "metadata", "dependencies"),
        (changed('mine = "tiepdan_mine"', "", PYPROJECT), "entry_point", "đúng một dòng"),
        (changed('"tiepdan_mine"', '"tiepdan_yours"', PYPROJECT), "entry_point", "tiepdan_yours"),
        ("[project", "metadata", "sai cú pháp"),
        ("", "metadata", "[project]"),
    ],
)
def test_metadata_that_is_wrong_is_named(tmp_path: Path, pyproject: str, rule: str, said: str):
    _, findings = read_distribution(write_plugin(tmp_path, pyproject=pyproject))
    found = {line.check: line.vi for line in findings if not line.ok}
    assert rule in found, found
    assert said in found[rule]


def test_a_plugin_has_a_readme_and_tests(tmp_path: Path):
    path = write_plugin(tmp_path, readme="# Mine\n")
    (path / "tests" / "test_mine.py").unlink()
    assert [line.check for line in check_companions(path) if not line.ok] == ["readme", "tests"]


def test_one_fault_does_not_hide_the_next(tmp_path: Path):
    path = write_plugin(
        tmp_path, PACKAGE.replace('"maximum": 7', '"maximum": 11').replace(BODY, "    date.today()\n" + BODY)
    )
    (path / "README.md").unlink()
    assert {"readme", "wall_clock", "tighten_only"} <= set(faults(check(path)))


def test_a_folder_that_is_not_there_is_no_fault_of_a_plugin(tmp_path: Path):
    assert check(tmp_path / "nowhere").exit_code == 2
    assert set(faults(check(tmp_path))) == {"metadata"}
