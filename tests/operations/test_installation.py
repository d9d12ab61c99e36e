"""The two commands and the lock: what a stranger's machine needs."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text()


def test_a_bare_make_lists_every_word():
    shown = subprocess.run(["make", "-C", ROOT, "--no-print-directory"], capture_output=True, text=True, check=True)
    words = re.findall(r"^  make (\w+) +\S", shown.stdout, re.MULTILINE)
    assert words == ["help", "demo", "test", "check", "bench", "messages", "lock", "clean"]


@pytest.mark.parametrize("script", ["run", "find-python", "install-browser"])
def test_the_scripts_can_be_executed_and_parse(script):
    path = ROOT / ".ci" / script
    assert os.access(path, os.X_OK)
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_a_machine_without_python_is_told_how_to_get_one(tmp_path):
    for tool in ("cat", "sh"):
        (tmp_path / tool).symlink_to(f"/bin/{tool}")
    found = subprocess.run(
        [ROOT / ".ci" / "find-python"], env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 1
    assert found.stdout == ""
    assert "apt install python3.13 python3.13-venv" in found.stderr
    assert "://" not in found.stderr


def test_the_lock_pins_everything_with_hashes_and_names_no_address():
    assert "://" not in LOCK
    assert not re.search(r"^(-|--)", LOCK, re.MULTILINE)
    pins = re.findall(r"^([a-z0-9_.-]+)==\S+.*\\\n    --hash=sha256:[0-9a-f]{64}", LOCK, re.MULTILINE)
    entries = re.findall(r"^[a-z0-9]", LOCK, re.MULTILINE)
    assert len(pins) == len(entries)


def test_the_lock_knows_every_dependency_and_the_build_backend():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"] + ["setuptools"]
    names = {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower() for line in wanted}
    pinned = set(re.findall(r"^([a-z0-9_.-]+)(?:\[[^]]*\])?==", LOCK, re.MULTILINE))
    assert names <= pinned


def test_the_version_file_serves_pyenv_and_uv():
    assert (ROOT / ".python-version").read_text() == "3.13\n"
