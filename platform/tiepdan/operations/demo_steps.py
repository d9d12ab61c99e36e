"""Building the demo as a step of `tiepdan up`, and remembering that it was built."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

from tiepdan.operations.revision import head_revision
from tiepdan.operations.services import own_words
from tiepdan.operations.supervisor import Command, Say, StepFailed, Supervisor


class BuiltDemo:
    """Remembers that the demo was built for this schema, and the text about its tenants and logins."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text: str | None = None
        if path.exists():
            kept = json.loads(path.read_text())
            self.text = kept["text"] if kept["revision"] == head_revision() else None

    def keep(self, text: str) -> None:
        """Remember the demo; the file holds logins, so only its user reads it."""
        self.text = text
        self.path.touch(mode=0o600)
        self.path.write_text(json.dumps({"revision": head_revision(), "text": text}, ensure_ascii=False))


def build_demo(supervisor: Supervisor, environ: Mapping[str, str], logs: Path, say: Say) -> str:
    """Build the demo, or find it built, passing its progress on; give the text that tells who may sign in."""
    result = logs / "demo.txt"
    result.unlink(missing_ok=True)
    command = Command("demo", own_words("demo", "--result", str(result)), environ=environ, log=logs / "demo.log")
    offset = command.log.stat().st_size if command.log.exists() else 0
    supervisor.start(command)
    while command.is_running:
        offset = _pass_on(command.log, offset, say)
        time.sleep(0.2)
    _pass_on(command.log, offset, say)
    supervisor.forget(command)
    if command.exit_code != 0:
        raise StepFailed(
            f"Không dựng được dữ liệu trình diễn / the demo failed; log: {command.log}\n{command.end_of_log()}"
        )
    return result.read_text() if result.exists() else ""


def _pass_on(log: Path, offset: int, say: Say) -> int:
    """Say the progress lines (they start with two spaces) that came since `offset`."""
    with log.open("rb") as file:
        file.seek(offset)
        text = file.read()
    whole, _, _ = text.rpartition(b"\n")
    for line in whole.decode(errors="replace").splitlines():
        if line.startswith("  "):
            say(line)
    return offset + len(whole) + (1 if whole else 0)
