"""How often what leaves the platform is tried, and how long between: the same for plugins and for channels."""

from datetime import timedelta

MOST_ATTEMPTS = 8  # the last about three days after the first


def patience(attempt: int) -> timedelta:
    """Return how long to wait after an attempt, counted from 0: 5 minutes, 20, 80, 5 hours, then 21 hours each."""
    return timedelta(minutes=5 * 4 ** min(attempt, 4))
