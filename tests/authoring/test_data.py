"""`tiepdan plugin new --declarative`, and `check` of folders, files and distributions that are only data."""

import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.authoring.folders import PYPROJECT, README, check, findings_of
from tests.declared.test_bundle import packed
from tests.declared.texts import WHOLE
from tiepdan.authoring.commands import plugin_group
from tiepdan.authoring.data_checks import check_package_data
from tiepdan.core.plugin_loading import Allowed, Problem, digest_of, is_declared, load_plugin
from tiepdan.core.plugins import manager
from tiepdan.testing import ask, read_declared


def faults(answer) -> dict[str, str]:
    return {finding["check"]: finding["vi"] for finding in findings_of(answer) if not finding["ok"]}


@pytest.mark.parametrize("level", ["commune", "all"])
def test_what_is_made_passes_the_check_as_a_folder_and_as_a_file(tmp_path: Path, level: str):
    words = ["new", "my-book", "--level", level, "--declarative", "--to", str(tmp_path)]
    answer = CliRunner().invoke(plugin_group, words)
    assert answer.exit_code == 0, answer.output
    assert "zip -r my-book.zip" in answer.output
    made = tmp_path / "my-book"
    assert sorted(each.name for each in made.iterdir()) == ["README.md", "class.json", "plugin.toml"]
    answer = check(made)
    assert faults(answer) == {}
    hooks = next(finding["vi"] for finding in findings_of(answer) if finding["check"] == "hooks")
    assert hooks == "escalation_routes, form_parts, registers, report_definitions"
    file = tmp_path / "my-book.zip"
    file.write_bytes(packed(*((f"my-book/{each.name}", each.read_text()) for each in made.iterdir())))
    assert faults(check(file)) == {}


def test_faults_are_told_with_their_places_in_both_languages(tmp_path: Path):
    file = tmp_path / "plugin.toml"
    file.write_text(WHOLE.replace("maximum = 7", "maximum = 11").replace('to = "superior"', 'to = "all"'))
    answer = check(file)
    assert answer.exit_code == 1
    found = faults(answer)
    assert "[[deadline]] 1 at_most: Hạn này dài hơn luật" in found["tighten_only"]
    assert "[[escalation]] 1: Nền tảng không nhận phần này" in found["answers"]
    file.write_text(WHOLE.replace('unit = "working"', 'unit = "hours"'))
    [finding] = [each for each in findings_of(check(file)) if not each["ok"]]
    assert finding["en"].endswith("It is one of: working, calendar.")
    assert check(tmp_path / "none.toml").exit_code == 2
    (tmp_path / "x.exe").write_text("")
    assert "chỉ nhận plugin.toml" in faults(check(tmp_path / "x.exe"))["data"]


def test_a_folder_needs_a_readme_and_a_known_sdk(tmp_path: Path):
    (tmp_path / "plugin.toml").write_text(WHOLE.replace(">=1.0,<2", ">=9"))
    assert set(faults(check(tmp_path))) == {"readme", "api"}


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A distribution that is only data."""
    package = tmp_path / "tiepdan_mine"
    (tmp_path / "tests").mkdir()
    package.mkdir()
    pyproject = PYPROJECT + '\n[tool.setuptools.package-data]\n"*" = ["*.toml", "*.json"]\n'
    (tmp_path / "pyproject.toml").write_text(pyproject)
    (tmp_path / "README.md").write_text(README)
    (tmp_path / "tests" / "test_mine.py").write_text("def test_it():\n    pass\n")
    (package / "__init__.py").write_text('"""Mine."""\n')
    (package / "plugin.toml").write_text(WHOLE.replace('"so-xa"', '"mine"'))
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    if manager.has_plugin("mine"):
        manager.unregister(name="mine")
    sys.modules.pop("tiepdan_mine", None)


POINT = EntryPoint("mine", "tiepdan_mine", "tiepdan")


def test_a_distribution_of_data_is_read_and_never_imported(distribution: Path):
    package = distribution / "tiepdan_mine"
    digest = digest_of(package)
    found = load_plugin(POINT, {Allowed("mine", "0", digest)})
    assert (found.problem, found.declared, found.manifest.name) == (None, True, "mine")
    assert "form_parts" in found.hooks
    assert "tiepdan_mine" not in sys.modules
    assert load_plugin(POINT, set()).problem is Problem.NOT_ALLOWED
    (package / "plugin.toml").write_text(WHOLE.replace('"so-xa"', '"mine"') + "# changed")
    assert load_plugin(POINT, {Allowed("mine", "0", digest)}).problem is Problem.NOT_ALLOWED


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: text.replace('"mine"', '"other"'), Problem.NAME),
        (lambda text: text.replace(">=1.0,<2", ">=9"), Problem.API),
        (lambda text: text + "[", Problem.DATA),
        (lambda text: text.replace('unit = "working"', "unit = 1"), Problem.DATA),
    ],
)
def test_unfit_data_is_named_and_not_loaded(distribution: Path, change, problem):
    file = distribution / "tiepdan_mine" / "plugin.toml"
    file.write_text(change(file.read_text()))
    found = load_plugin(POINT)
    assert (found.problem, found.manifest, found.declared) == (problem, None, True)
    assert not manager.has_plugin("mine")


def test_code_beside_the_data_makes_it_a_plugin_of_code(distribution: Path):
    package = distribution / "tiepdan_mine"
    (package / "__init__.py").write_text('"""Mine."""\n\nX = 1\n')
    assert not is_declared(package)
    assert load_plugin(POINT).problem is Problem.NO_MANIFEST
    (package / "__init__.py").write_text("from tiepdan.core import db\n")
    assert load_plugin(POINT).problem is Problem.PRIVATE_IMPORT


def test_a_distribution_of_data_is_checked_like_any_other(distribution: Path):
    answer = check(distribution)
    assert faults(answer) == {}
    assert {"metadata", "entry_point", "readme", "tests", "package_data", "data", "answers", "tighten_only"} <= {
        finding["check"] for finding in findings_of(answer)
    }
    pyproject = distribution / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('"*.toml", "*.json"', '"*.txt"'))
    assert set(faults(check(distribution))) == {"package_data"}


def test_a_distribution_takes_its_schemas_along(distribution: Path):
    schemas = distribution / "tiepdan_mine" / "schemas"
    schemas.mkdir()
    (schemas / "class.json").write_text("{}")
    [finding] = [found for found in check_package_data(distribution, schemas.parent) if not found.ok]
    assert "schemas/class.json" in finding.vi
    pyproject = distribution / "pyproject.toml"
    pyproject.write_text(pyproject.read_text().replace('"*.json"', '"schemas/*.json"'))
    assert all(found.ok for found in check_package_data(distribution, schemas.parent))


def test_authors_ask_it_in_their_tests(distribution: Path, plugin_tenants, frozen_day):
    plugin = read_declared(distribution / "tiepdan_mine")
    asked = {"tenant": plugin_tenants.commune, "on": frozen_day}
    assert ask("deadline_rules", plugin, **asked) == []
    [rule] = ask("deadline_rules", plugin, **asked, settings={"days": 5, "source": "CV 1"})
    assert rule.at_most == 5


def test_the_list_marks_it(distribution: Path):
    site = distribution / "site"
    info = site / "tiepdan_mine-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiepdan-mine\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[tiepdan]\nmine = tiepdan_mine\n")
    (distribution / "tiepdan_mine").rename(site / "tiepdan_mine")
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    words = [sys.executable, "-P", "-c", "from tiepdan.cli import main; main()", "plugins", "list"]
    environ |= {"PYTHONPATH": str(site), "PYTHONUTF8": "1"}
    listed = subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout
    [line] = [line for line in listed.splitlines() if line.startswith("mine ")]
    assert "chỉ là dữ liệu" in line
    rows = json.loads(
        subprocess.run([*words, "--json"], env=environ, capture_output=True, text=True, check=True).stdout
    )
    assert {row["name"]: row["declared"] for row in rows}["mine"] is True
