"""Run the benches: `ONLY=name SCALE=0.1 python -m tests.bench`; the table, then one line of JSON."""

import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.bench.asking import measure_asking
from tests.bench.fence import measure_fence
from tests.bench.figures import Figure, json_line, table_lines
from tests.bench.ground import Ground
from tests.bench.importing import measure_import
from tests.bench.installation import Installation
from tests.bench.lists import measure_below, measure_lists
from tests.bench.machine import describe_machine, sentence
from tests.bench.provision import apply_files, judge_nation, measure_one_more
from tests.bench.register import measure_register
from tests.bench.sweeping import measure_sweep

type Measure = Callable[[Ground], list[Figure]]


def _provision(ground: Ground) -> list[Figure]:
    ground.nation()
    seconds = ground.provision_seconds
    if seconds is None:  # a kept folder has had the nation since an earlier run
        seconds = apply_files(ground.installation, ground.installation.fresh_database("provisioned"), ground.files)
    return judge_nation(seconds, ground.files)


# In this order: the first provisions what the others stand on.
BENCHES: dict[str, Measure] = {
    "provision": _provision,
    "one_more": lambda ground: measure_one_more(ground.installation, ground.nation()),
    "fence": lambda ground: measure_fence(ground.cases()),
    "list": measure_lists,
    "below": measure_below,
    "register": measure_register,
    "sweep": measure_sweep,
    "import": measure_import,
    "plugin": measure_asking,
}


def main() -> int:
    """Run what is asked for. Returns 0 when everything asked for was measured, whatever the figures say."""
    wanted = [name for name in os.environ.get("ONLY", "").replace(",", " ").split() if name]
    unknown = [name for name in wanted if not any(name == bench or name.startswith(f"{bench}_") for bench in BENCHES)]
    if unknown:
        print(f"no bench {', '.join(unknown)}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    scale = float(os.environ.get("SCALE") or 1)
    # Set, the folder stays and the next run with the same SCALE finds its cases there.
    kept = os.environ.get("BENCH_FOLDER")
    folder = Path(kept or tempfile.mkdtemp(prefix="tiepdan-bench-"))
    if not kept:
        folder.chmod(0o711)  # started by root, the servers run as another user
    installation = Installation(folder)
    figures: list[Figure] = []
    try:
        installation.start()
        machine = describe_machine(folder, installation.version(), scale)
        ground = Ground(installation, scale, _say)
        for name, measure in BENCHES.items():
            if not wanted or any(one == name or one.startswith(f"{name}_") for one in wanted):
                figures += _run(name, measure, ground)
    finally:
        installation.stop()
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    print(sentence(machine))
    print("\n".join(table_lines(figures)))
    print(json_line(figures, machine), flush=True)
    return int(any(figure.value is None for figure in figures))


def _run(name: str, measure: Measure, ground: Ground) -> list[Figure]:
    """Run one bench; one that fails is reported, and the others go on."""
    _say(f"{name} …")
    try:
        return measure(ground)
    except Exception as error:  # noqa: BLE001 - whatever it is, the table must say so
        traceback.print_exc(file=sys.stderr)
        return [Figure(name, "could not be measured", "", 0, "at most", error=f"{type(error).__name__}: {error}"[:500])]


_BEGAN = time.monotonic()


def _say(text: str) -> None:
    print(f"[{time.monotonic() - _BEGAN:6.1f} s] {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
