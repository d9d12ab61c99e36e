"""docs/plugin-guide.md, followed to the letter: every block of it runs."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tiepdan.core.plugin_loading import read_allowed

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "platform/docs/plugin-guide.md").read_text()
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
TIEPDAN = [sys.executable, "-P", "-c", "from tiepdan.cli import main; main()"]


class Reader:
    """Somebody who types what the guide says. The package is installed aside, not into this environment."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.folder, self.environ = folder, environ
        self.plugin = folder / "plugins" / "my-district"
        self.written: set[Path] = set()
        self.said: dict[str, str] = {}

    def read(self, language: str, text: str) -> None:
        if language == "bash":
            for line in text.strip().splitlines():
                self.type(line)
        else:
            assert language == "python", f"nobody runs {language!r}"
            self.write(text)

    def write(self, text: str) -> None:
        place, _, rest = text.partition("\n")
        path = self.plugin / place.removeprefix("# ")
        assert path.is_file() or path.parent.name == "tests", "a block names the file it goes into"
        before = path.read_text() + "\n\n" if path in self.written else ""
        path.write_text(before + rest)
        self.written.add(path)

    def type(self, line: str) -> None:
        line, _, into = line.partition(" > ")
        words = shlex.split(line)
        environ = dict(self.environ)
        match words:
            case ["tiepdan", *rest]:
                words = [*TIEPDAN, *rest]
            case ["pytest", *rest]:
                words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *rest]
            case ["pip", "install", *rest]:
                rest.remove("--editable")
                words = [sys.executable, "-m", "pip", "install", "-q", "--target", str(self.folder / "site"), *rest]
                self.environ["PYTHONPATH"] = str(self.folder / "site")
            case _:
                pytest.fail(f"nobody runs {line!r}")
        answer = subprocess.run(words, cwd=self.folder, env=environ, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, f"{line}\n{answer.stdout}{answer.stderr}"
        self.said[line] = answer.stdout
        if into:
            (self.folder / into).write_text(answer.stdout)


@pytest.fixture
def reader(tmp_path: Path, settings) -> Reader:
    (tmp_path / "plugins").mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "TIEPDAN_"))}
    environ = {
        **kept,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "TIEPDAN_SECRET_KEY": "kJ8-vN2_qR5wX7zB0cD3fG6hL9mP1sT4uY",
        "TIEPDAN_ROOT_KEY": "3q2+7wABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijk=",
        "TIEPDAN_ENVIRONMENT": "test",
        "TIEPDAN_ATTACHMENTS": str(settings.attachments_dir),
        "PYTHONUTF8": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    return Reader(tmp_path, environ)


def test_every_block_of_the_guide_runs(reader: Reader):
    assert {language for language, _ in BLOCKS} == {"bash", "python"}
    for language, text in BLOCKS:
        reader.read(language, text)
    said = reader.said
    assert "2 passed" in said["pytest plugins/my-district"]
    assert "1 passed" in said["pytest plugins/my-district/tests/test_live.py"]
    assert "Đạt." in said["tiepdan plugin check plugins/my-district"]
    listed = next(line for line in said["tiepdan plugins list"].splitlines() if line.startswith("my-district"))
    assert "deadline_rules, escalation_routes, form_parts, registers, report_definitions" in listed
    assert "đã dừng ở mọi nơi" in said["tiepdan plugins disable my-district --everywhere"]
    assert "đã bỏ lệnh dừng" in said["tiepdan plugins enable my-district --everywhere"]
    [allowed] = read_allowed(reader.folder / "plugins-allowed.toml")
    assert (allowed.name, allowed.version) == ("my-district", "0.1.0")
    project = tomllib.loads((reader.plugin / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["tiepdan"] == {"my-district": "tiepdan_my_district"}


def test_what_the_guide_names_is_there():
    """The words of pages and files it speaks of: a renamed one must be renamed there too."""
    assert re.search(r"^demo:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    english = (ROOT / "platform/tiepdan/extensions/forms.py").read_text()
    for words in ("Bật và khóa", "Bật, đơn vị tự đổi được"):
        assert words in english
        assert words in GUIDE
    for file in re.findall(r"\]\(([\w-]+\.md)\)", GUIDE):
        assert (ROOT / "platform/docs" / file).is_file()
