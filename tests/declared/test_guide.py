"""docs/declarative-plugins.md, put together: every block of it is part of one plugin that is fit to be published."""

import json
import re
from pathlib import Path

from click.testing import CliRunner

from tests.authoring.folders import check, findings_of
from tiepdan.authoring.commands import plugin_group
from tiepdan.declared.bundle import PLUGIN_FILE, read_folder
from tiepdan.declared.reading import read_plugin
from tiepdan.declared.tables import TABLES

GUIDE = (Path(__file__).parents[2] / "platform/docs/declarative-plugins.md").read_text()
BLOCKS = re.findall(r"^```(\w+) ?([\w.]*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def write_example(folder: Path) -> None:
    for language, name, text in BLOCKS:
        if language == "toml":
            file = folder / PLUGIN_FILE
            file.write_text((file.read_text() if file.exists() else "") + text)
        elif language == "json":
            json.loads(text)
            (folder / name).write_text(text)
    (folder / "README.md").write_text(GUIDE)


def test_the_example_is_fit_to_be_published_and_has_every_table(tmp_path: Path):
    write_example(tmp_path)
    found = findings_of(check(tmp_path))
    assert [finding for finding in found if not finding["ok"]] == []
    plugin = read_plugin(read_folder(tmp_path))
    assert set(plugin.tables) == set(TABLES)
    for table in TABLES.values():
        assert f"| `[[{table.name}]]` | `{table.value.__name__}` | `{table.hook}` |" in GUIDE


def test_the_commands_run(tmp_path: Path):
    [commands] = [text for language, _, text in BLOCKS if language == "bash"]
    new, checked = commands.strip().splitlines()
    answer = CliRunner().invoke(plugin_group, [*new.split()[2:], "--to", str(tmp_path)])
    assert answer.exit_code == 0, answer.output
    assert check(tmp_path / checked.split()[-1]).exit_code == 0


def test_every_condition_is_explained():
    from tiepdan.declared.conditions import ConditionReader
    from tiepdan.declared.conversion import Converter

    known = {key for table in TABLES.values() for key in ConditionReader(Converter({}), table.arguments).known}
    chapter = GUIDE[GUIDE.index("## 5.") : GUIDE.index("## 6.")]
    assert {key for key in known if f"`{key}`" not in chapter} == set()
