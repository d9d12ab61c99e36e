"""The supervisor in a process of its own: it takes the orphans of its services along."""

import signal
import subprocess
import sys
import time
from pathlib import Path

ORPHAN_MAKER = """
import os, sys, time
if os.fork() == 0:
    os.setsid()  # leaves the group: only the supervisor's look for orphans finds it
    open(sys.argv[1], "w").write(str(os.getpid()))
    time.sleep(60)
"""

SUPERVISOR = """
import os, sys
from pathlib import Path
from tiepdan.operations.supervisor import Command, Stopped, Supervisor
folder = Path(sys.argv[1])
words = [sys.executable, "-c", (folder / "orphan_maker.py").read_text(), str(folder / "orphan")]
try:
    with Supervisor(lambda line: print(line, flush=True)) as supervisor:
        supervisor.start(Command("maker", words, environ=os.environ, log=folder / "maker.log"))
        supervisor.watch()
except Stopped:
    print("stopped", flush=True)
"""


def test_crashes_are_said_with_growing_pauses_and_orphans_do_not_stay(tmp_path: Path):
    (tmp_path / "orphan_maker.py").write_text(ORPHAN_MAKER)
    process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    first, second = process.stdout.readline(), process.stdout.readline()
    assert "starting again in 1 s" in first
    assert "starting again in 2 s" in second
    orphan = int((tmp_path / "orphan").read_text())
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "stopped\n"
    assert process.wait(15) == 0
    process.stdout.close()
    until = time.monotonic() + 5
    while Path(f"/proc/{orphan}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{orphan}").exists()
