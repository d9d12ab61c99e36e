"""The demo loads a plugin again that its author has edited, and nothing else."""

import json
import signal
import subprocess
import sys
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path

import pytest

from tiepdan.operations import plugin_watch
from tiepdan.operations.plugin_watch import PluginWatch, editable_plugins

SUPERVISOR = """
import os, sys, time
from pathlib import Path
from tiepdan.operations.supervisor import Command, Stopped, Supervisor
folder = Path(sys.argv[1])
began = time.monotonic()
edits = iter([["my-province"]])
words = [sys.executable, "-c", "print('began', flush=True); import time; time.sleep(60)"]
try:
    with Supervisor(lambda line: print(line, flush=True)) as supervisor:
        supervisor.start(Command("web", words, environ=os.environ, log=folder / "web.log"))
        supervisor.watch(lambda: next(edits, []) if "began" in (folder / "web.log").read_text() else [])
except Stopped:
    print("stopped", flush=True)
"""


class Installed(Distribution):
    """A distribution as pip leaves it. origin: what its direct_url.json says."""

    def __init__(self, name: str, origin: object) -> None:
        self.files_by_name = {"METADATA": f"Name: {name}\n", "direct_url.json": json.dumps(origin) if origin else None}

    def read_text(self, filename):
        return self.files_by_name.get(filename)

    def locate_file(self, path):
        raise NotImplementedError


@pytest.fixture
def install(monkeypatch):
    """Give a function that says which plugins are installed, with their origins."""

    def installed(**origins: object) -> None:
        points = [
            EntryPoint(name, f"tiepdan_{name}", "tiepdan")._for(Installed(name, origin))
            for name, origin in origins.items()
        ]
        monkeypatch.setattr(plugin_watch, "entry_points", lambda **_group: points)

    return installed


def editable(folder: Path) -> dict[str, object]:
    return {"url": folder.as_uri(), "dir_info": {"editable": True}}


def test_only_editable_plugins_are_watched(install, tmp_path):
    mine = tmp_path / "my province"
    install(mine=editable(mine), copied={"url": mine.as_uri(), "dir_info": {}}, bought=None,
            fetched={"url": "git+ssh://example/x", "vcs_info": {}})  # fmt: skip
    assert editable_plugins() == {"mine": mine}


def test_an_edit_is_noticed_once(install, tmp_path):
    package = tmp_path / "tiepdan_mine"
    (tmp_path / "tests").mkdir()
    package.mkdir()
    source = package / "__init__.py"
    source.write_text("A = 1\n")
    install(mine=editable(tmp_path))
    now = [0.0]
    watch = PluginWatch(clock=lambda: now[0])

    def look() -> list[str]:
        now[0] += 2
        return watch.changed()

    assert look() == []
    (tmp_path / "tests" / "test_mine.py").write_text("")
    (package / "notes.txt").write_text("")
    assert look() == [], "tests and notes are not loaded"
    (package / "plugin.toml").write_text("")
    assert watch.changed() == [], "it looks once a second"
    assert look() == ["mine"]
    assert look() == []
    (package / "plugin.toml").unlink()
    assert look() == ["mine"]
    install()
    assert look() == ["mine"], "it was removed"


def test_the_supervisor_starts_its_commands_anew(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert "my-province" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "stopped\n"
    assert process.wait(15) == 0
    process.stdout.close()
