"""What `tiepdan doctor` found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. vi, en: what was found; for a warning or fault also what to do."""

    check: str
    outcome: Literal["ok", "warning", "fault"]
    vi: str
    en: str


def is_healthy(findings: list[Finding]) -> bool:
    """Say whether nothing is broken; warnings do not break anything yet."""
    return all(finding.outcome != "fault" for finding in findings)
