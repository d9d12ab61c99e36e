"""Become a server: change user if asked, die with the parent, then execute the command.

Run as a script, not imported: `launch.py PARENT_PID SIGNAL UID GID KEEP_ACCESS COMMAND…`, where a
UID of -1 keeps the user. A small process between is safer than code in a forked child, which may
not take locks that other threads held.
"""

import contextlib
import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def main(arguments: list[str]) -> None:
    """Execute the command; returns only by an exception, which ends this process."""
    parent, signal_number, uid, gid, keep_access = (int(word) for word in arguments[:5])
    command = arguments[5:]
    libc = ctypes.CDLL(None, use_errno=True)
    if uid >= 0:
        become(libc, uid, gid, keep_access=bool(keep_access))
    if hasattr(libc, "prctl"):  # Linux; asked for after the change of user, which would forget it
        libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:  # the parent ended before we asked
            sys.exit(1)
    os.umask(0o077)
    os.execvp(command[0], command)  # noqa: S606  # no shell is wanted: the command is a list


def become(libc: ctypes.CDLL, uid: int, gid: int, *, keep_access: bool) -> None:
    """Drop root for another user.

    keep_access: let that user still reach folders which only root may enter (a clone below /root).
    One capability stays, and only then; without it neither the program nor its data could be read.
    """
    if keep_access:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    with contextlib.suppress(PermissionError):  # a user namespace may forbid it
        os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if keep_access:
        bit = 1 << CAP_DAC_OVERRIDE
        sets = (_Sets * 2)(_Sets(bit, bit, bit), _Sets(0, 0, 0))
        libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), sets)
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
