"""What the figures were measured on."""

import os
import platform
import time
from pathlib import Path


def describe_machine(folder: Path, postgres: str, scale: float) -> dict[str, object]:
    """State cores, memory, disk and versions. folder: where the servers keep their data."""
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(os.getloadavg()[0], 2),
        "ram_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "disk": _disk(folder),
        "fsync_ms": round(_fsync_seconds(folder) * 1000, 2),
        "postgresql": postgres,
        "python": platform.python_version(),
        "scale": scale,
    }


def sentence(machine: dict[str, object]) -> str:
    """Say it in one line above the table."""
    return (
        f"{machine['cores']} cores ({machine['cpu']}), {machine['ram_gb']} GB, {machine['disk']}, one fsync "
        f"{machine['fsync_ms']} ms, PostgreSQL {machine['postgresql']}, Python {machine['python']}, "
        f"SCALE={machine['scale']:g}, load before {machine['load_before']}"
    )


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _disk(folder: Path) -> str:
    """Name the file system below a folder: the longest mount point that leads to it."""
    best = ("", "?", "?")
    for line in Path("/proc/mounts").read_text().splitlines():
        device, mount, kind = line.split()[:3]
        if folder.resolve().is_relative_to(mount) and len(mount) >= len(best[0]):
            best = (mount, device, kind)
    return f"{best[2]} on {best[1]}"


def _fsync_seconds(folder: Path) -> float:
    """Time what every commit waits for: the middle of thirty small synced writes."""
    path, times = folder / "fsync.probe", []
    with path.open("wb") as file:
        for _ in range(30):
            began = time.perf_counter()
            file.write(b"x" * 8192)
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    path.unlink()
    return sorted(times)[15]
