"""After migrating: carry a new calendar of holidays into the deadlines that are open.

The data of the calendar comes with a release, so this is when it can have changed.
"""

from collections.abc import Iterator
from pkgutil import resolve_name

import psycopg

from tiepdan.config import ConfigError, load_settings
from tiepdan.deadlines.vietnam import CALENDAR, platform_calendar_version

# The way in is above this package; it is started by name, as gunicorn starts its application.
APPLICATION = "tiepdan.app:create_app"
LATER = "Lịch nghỉ đã đổi: chạy `tiepdan clocks recount`. / The calendar changed: run `tiepdan clocks recount`."


def is_calendar_carried(owner_url: str) -> bool:
    """Say whether every open deadline rests on the present calendar. A database without bodies has none."""
    version = platform_calendar_version()
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        row = connection.execute("SELECT version FROM data_version WHERE name = %s", [CALENDAR]).fetchone()
        if row is not None and row[0] == version:
            return True
        if connection.execute("SELECT FROM tenant LIMIT 1").fetchone() is not None:
            return False
        connection.execute(
            "INSERT INTO data_version (name, version) VALUES (%s, %s)"
            " ON CONFLICT (name) DO UPDATE SET version = excluded.version, applied_at = now()",
            [CALENDAR, version],
        )
        return True


def carry_calendar(owner_url: str) -> Iterator[str]:
    """Count the open deadlines again if the calendar changed since the last time; say what moved."""
    if is_calendar_carried(owner_url):
        return
    # Only imported when there is something to do: `tiepdan up` asks the question above at every start.
    from tiepdan.core.clock import today
    from tiepdan.deadlines.commands import describe_recount
    from tiepdan.deadlines.recount_everywhere import recount_everywhere

    try:
        settings = load_settings()
    except ConfigError:
        yield LATER  # whoever migrates with the owner's address alone cannot work for the bodies
        return
    app = resolve_name(APPLICATION)(settings)
    with app.app_context():
        yield from describe_recount(recount_everywhere(on=today()))
