"""The words of messages and the pure decisions about them. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from tiepdan.core.clock import TIMEZONE


class Audience(StrEnum):
    """To whom a message goes."""

    CITIZEN = "citizen"
    STAFF = "staff"


class Happening(StrEnum):
    """What people are told of. The first five are about a petition, to its sender."""

    PETITION_REGISTERED = "petition.registered"
    PETITION_ACCEPTED = "petition.accepted"
    PETITION_TRANSFERRED = "petition.transferred"
    PETITION_DECIDED = "petition.decided"
    PETITION_RESULT = "petition.result"
    TASK_ASSIGNED = "task.assigned"
    TASK_OVERDUE = "task.overdue"
    ESCALATION_RAISED = "escalation.raised"

    @property
    def audience(self) -> Audience:
        """Return to whom it is told."""
        return Audience.CITIZEN if self.value.startswith("petition.") else Audience.STAFF


class MessageState(StrEnum):
    """How far a message has come.

    WAITING: for its job, its hour, its channel or the printer. SENDING: handed to a channel, no answer yet.
    UNKNOWN: it may have gone; it is never sent again by itself. WITHDRAWN: its case was sealed before it went.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    UNDELIVERED = "undelivered"
    WITHDRAWN = "withdrawn"


class Language(StrEnum):
    """Language a committee writes its messages in."""

    VI = "vi"
    EN = "en"


MAIL = "mail"
PRINT = "print"
PHONE = "phone"
EMAIL = "email"
POST = "post"  # the address of a letter

QUIET_FROM = 21
QUIET_UNTIL = 7


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of the day in Asia/Ho_Chi_Minh in which no telephone rings, from one to the other; equal: none."""

    first: int = QUIET_FROM
    until: int = QUIET_UNTIL

    def end_of(self, instant: datetime) -> datetime | None:
        """Return when a message may go that would go in the quiet hours; None when it may go at once.

        instant: aware.
        """
        local = instant.astimezone(TIMEZONE)
        if not self._covers(local.hour):
            return None
        end = datetime.combine(local.date(), time(self.until % 24), TIMEZONE)
        return end if end > local else end + timedelta(hours=24)

    def _covers(self, hour: int) -> bool:
        if self.first <= self.until:
            return self.first <= hour < self.until
        return hour >= self.first or hour < self.until


def mask(address: str) -> str:
    """Leave the last three figures of a telephone number, or the domain of a mail address."""
    if "@" in address:
        return f"•••@{address.rpartition('@')[2]}"
    figures = [letter for letter in address if letter.isdigit()]
    return f"•••{''.join(figures[-3:])}" if len(figures) > 3 else "•••"


def is_mail_address(text: str) -> bool:
    """Say whether a login is a mail address, so that its owner can be written to."""
    name, at, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable()  # as every mail server takes it
    return bool(plain and name and at and "." in domain.strip(".") and not domain.startswith(".") and " " not in text)


def read_phone(text: str) -> str:
    """Return a telephone number as figures, with a leading + where it had one; "" for what is none."""
    plain = text.strip()
    figures = "".join(letter for letter in plain if letter.isdigit() and letter.isascii())
    if not 8 <= len(figures) <= 15:
        return ""
    return f"+{figures}" if plain.startswith("+") else figures


def happenings_for(audience: Audience) -> Sequence[Happening]:
    """Return what an audience can be told of."""
    return [happening for happening in Happening if happening.audience is audience]
