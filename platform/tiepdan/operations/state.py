"""The state folder `.tiepdan/`: data of the embedded servers, secrets, logs; one supervisor at a time."""

import base64
import fcntl
import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

DEFAULT_STATE = ".tiepdan"


class StateError(Exception):
    """The state folder cannot be used now; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an installation must never lose or show: made once, kept in a file only its user may read."""

    secret_key: str
    root_key: str  # base64 of 32 bytes; without it no name or content can be read again
    owner_password: str
    app_password: str


def new_secrets() -> Secrets:
    """Make fresh secrets from the system's random source."""
    return Secrets(
        secret_key=secrets.token_urlsafe(48),
        root_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        owner_password=secrets.token_urlsafe(24),
        app_password=secrets.token_urlsafe(24),
    )


class State:
    """One state folder, locked by the process that opened it until that process ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Started by root, the servers run as another user and must pass through; files inside stay private.
            self.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
            self._lock = (self.folder / "lock").open("a+")
        except PermissionError as error:
            raise StateError(
                f"{self.folder} thuộc người dùng khác; chạy bằng người đó, hoặc xóa thư mục này.\n"
                f"{self.folder} belongs to another user; run as that user, or remove the folder."
            ) from error
        self._take_lock()

    def _take_lock(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            holder = self._lock.read().strip() or "?"
            raise StateError(
                f"Tiếp Dân đang chạy từ {self.folder} (tiến trình {holder}); hãy dừng nó trước.\n"
                f"Tiếp Dân already runs from {self.folder} (process {holder}); stop that one first."
            ) from None
        self._lock.truncate(0)
        self._lock.write(f"{os.getpid()}\n")
        self._lock.flush()

    def close(self) -> None:
        """Let another process use the folder."""
        self._lock.truncate(0)
        self._lock.close()

    def reset(self) -> None:
        """Forget everything: data, secrets, files, logs. Only the lock stays."""
        for entry in self.folder.iterdir():
            if entry.name == "lock":
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def subfolder(self, name: str) -> Path:
        """Make and return a private folder."""
        path = self.folder / name
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def secrets(self) -> Secrets:
        """Read the installation's secrets, making them the first time."""
        path = self.folder / "secrets.json"
        if path.exists():
            return Secrets(**json.loads(path.read_text()))
        fresh = new_secrets()
        partial = path.with_suffix(".new")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        partial.write_text(json.dumps(asdict(fresh), indent=2) + "\n")
        partial.rename(path)
        return fresh
