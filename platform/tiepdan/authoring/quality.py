"""One line of the quality list of a plugin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. vi, en: what was found; for a fault also what to do. warning: fit as it is, but not for long."""

    check: str
    ok: bool
    vi: str
    en: str
    warning: bool = False


type Words = tuple[str, str]  # Vietnamese, English


def judge_faults(check: str, faults: Iterable[Words], fine: Words) -> list[Finding]:
    """Return a line for each fault, or one that says all is well."""
    found = [Finding(check, False, vi, en) for vi, en in faults]
    return found or [Finding(check, True, *fine)]


def is_publishable(findings: Sequence[Finding]) -> bool:
    """Say whether nothing was found wrong."""
    return all(finding.ok for finding in findings)
