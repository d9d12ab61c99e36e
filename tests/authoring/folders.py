"""Plugins written into a folder, right or wrong in one thing."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tiepdan.authoring.commands import plugin_group

PYPROJECT = """[project]
name = "tiepdan-mine"
version = "1.0.0"
description = "Mine"
license = "Apache-2.0"
requires-python = ">=3.13"
dependencies = ["tiepdan"]

[project.entry-points.tiepdan]
mine = "tiepdan_mine"
"""
PACKAGE = '''"""Mine."""

from datetime import date

from tiepdan.sdk import Card, DayUnit, DeadlineRule, Level, Manifest, hookimpl

PLUGIN = Manifest(
    name="mine",
    title={"vi": "Của tôi", "en": "Mine"},
    summary={"vi": "Thử.", "en": "A try."},
    api=">=1.0,<2",
    level=Level.COMMUNE,
    settings={
        "type": "object",
        "properties": {
            "days": {"type": "integer", "minimum": 1, "maximum": 7, "x-label": {"vi": "Số ngày", "en": "Days"}},
        },
    },
)


@hookimpl
def deadline_rules(settings):
    days = settings.get("days")
    return [DeadlineRule("party.notice", days, DayUnit.WORKING, "CV 1")] if days else []
'''
README = "# Mine\n\nPlugin này chỉ để thử, nhưng nói đủ nó làm gì và có những thiết lập nào, bằng tiếng Việt.\n"


def write_plugin(folder: Path, package: str = PACKAGE, pyproject: str = PYPROJECT, readme: str = README) -> Path:
    """Write a plugin called `mine`."""
    path = folder / "mine"
    (path / "tiepdan_mine").mkdir(parents=True)
    (path / "tests").mkdir()
    (path / "tiepdan_mine" / "__init__.py").write_text(package)
    (path / "tests" / "test_mine.py").write_text("def test_it():\n    pass\n")
    (path / "pyproject.toml").write_text(pyproject)
    (path / "README.md").write_text(readme)
    return path


def check(path: Path, *words: str) -> Result:
    """Run `tiepdan plugin check`."""
    return CliRunner().invoke(plugin_group, ["check", str(path), "--json", *words])


def findings_of(answer: Result) -> list[dict[str, Any]]:
    """Return the lines of the quality list."""
    return json.loads(answer.output)["findings"]
