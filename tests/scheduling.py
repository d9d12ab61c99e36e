"""Which worker of a parallel run takes which test."""

from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/journeys/"


class JourneysTogether(LoadScopeScheduling):
    """Every test goes wherever there is room, but one worker walks all journeys: they share a browser and a demo.

    Two demos would share one queue of jobs, and each would take the other's. xdist's own groups need a node's
    identifier to be writable, which it no longer is (pytest 9.2, xdist 3.8).
    """

    def _split_scope(self, nodeid: str) -> str:
        return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid
