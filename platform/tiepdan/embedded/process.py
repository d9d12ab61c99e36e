"""Start a child so that it cannot outlive us, and stop it so that nothing is left."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

LAUNCHER = Path(__file__).with_name("launch.py")
# The address of a Unix socket holds 108 bytes with its final zero; PostgreSQL adds the file name.
LONGEST_SOCKET_PATH = 100


class EmbeddedError(Exception):
    """An embedded server could not be started; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The user a server runs as when root starts it."""

    uid: int
    gid: int
    keep_access: bool = False


def server_user(data: Path, *paths: Path) -> ServerUser | None:
    """Choose who runs a server: whoever owns its data, or nobody, if we are root; otherwise ourselves (None).

    data: folder of the server's data, which need not exist yet.
    paths: what the server must reach; below a folder closed to others it keeps one capability.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return ServerUser(owner.st_uid, owner.st_gid, keep_access=not all(map(is_open_to_others, paths)))
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        others = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
        if not others:
            raise EmbeddedError(
                "PostgreSQL refuses to run as root and this machine has no other user; "
                "start as an ordinary user, or set DATABASE_URL to a server of your own"
            ) from None
        entry = others[-1]
    return ServerUser(entry.pw_uid, entry.pw_gid, keep_access=not all(map(is_open_to_others, paths)))


def is_open_to_others(path: Path) -> bool:
    """Say whether any user may reach this file, or enter this folder, by its mode and its parents'."""
    path = path.resolve()
    folders_open = all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)
    needed = stat.S_IXOTH if path.is_dir() else stat.S_IROTH | stat.S_IXOTH
    return folders_open and path.stat().st_mode & needed == needed


def own_folder(path: Path, user: ServerUser | None, mode: int = 0o700) -> Path:
    """Make a folder that belongs to the server's user; root's group keeps its way in."""
    path.mkdir(parents=True, exist_ok=True)
    if user is not None and path.stat().st_uid != user.uid:
        for entry in (path, *path.rglob("*")):  # it may hold data that root once copied here
            os.chown(entry, user.uid, 0, follow_symlinks=False)
    path.chmod(mode)
    return path


def socket_folder(folder: Path, user: ServerUser | None) -> Path:
    """Make the folder of a server's Unix socket: beside its data, or a short one where that is too long."""
    wanted = folder / "run"
    if len(os.fsencode(wanted / ".s.PGSQL.5432.lock")) > LONGEST_SOCKET_PATH:
        digest = sha256(os.fsencode(folder)).hexdigest()[:12]
        wanted = Path(tempfile.gettempdir()) / f"tiepdan-{os.geteuid()}-{digest}"
        if wanted.is_symlink() or (wanted.exists() and wanted.stat().st_uid not in _own_uids(user)):
            raise EmbeddedError(f"{wanted} belongs to somebody else; remove it or set TMPDIR to another folder")
    return own_folder(wanted, user, 0o770 if user is not None else 0o700)


def _own_uids(user: ServerUser | None) -> set[int]:
    return {os.geteuid()} | ({user.uid} if user is not None else set())


def launch(
    command: Sequence[str | Path],
    *,
    user: ServerUser | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    output: IO[bytes] | int | None = None,
    parent_death: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, so that Ctrl-C in the terminal reaches only us.

    Call it from the main thread: the kernel sends `parent_death` when the starting thread ends.
    """
    uid, gid, keep = (user.uid, user.gid, int(user.keep_access)) if user is not None else (-1, -1, 0)
    words = [str(os.getpid()), str(int(parent_death)), str(uid), str(gid), str(keep), *map(str, command)]
    return subprocess.Popen(  # noqa: S603  # the command is ours, never typed by anybody
        [sys.executable, "-I", "-S", str(LAUNCHER), *words],
        env=dict(environ) if environ is not None else None,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float = 10.0) -> None:
    """Stop a launched process: each signal in turn with `patience` seconds, then its whole group by force."""
    for number in signals or (signal.SIGTERM,):
        if process.poll() is not None:
            break
        process.send_signal(number)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody may be left in the group
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for_exit(pid: int, patience: float) -> bool:
    """Wait for a process that is not our child to end; False if it is still there."""
    until = time.monotonic() + patience
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def remove_folder(path: Path) -> None:
    """Remove a server's folder and all in it, if it exists."""
    if path.exists():
        shutil.rmtree(path)
