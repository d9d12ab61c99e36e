"""Messages to people, the channels they go by, and commands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tiepdan.sdk.committees import Tenant
from tiepdan.sdk.counting import Records


@dataclass(frozen=True, slots=True)
class Channel:
    """A way messages go. key: "sms". title: keys "vi" and "en".

    address: which of a person's addresses it needs: "phone" or "email".
    longest: letters of a message; longer ones are not cut but refused when the platform starts to use it.
    """

    key: str
    title: Mapping[str, str]
    address: str
    longest: int = 1_000


@dataclass(frozen=True, slots=True)
class Message:
    """A message to bring to somebody. key: the same at every retry. channel: of this plugin.

    address: a telephone number or a mail address. Of a sealed case the text says nothing but that there is news.
    """

    key: str
    channel: str
    address: str
    subject: str
    text: str


class Sent(StrEnum):
    """What became of a message. UNKNOWN: it may have gone; it is not tried again, and the log says so."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel says of a message. receipt: the gateway's own number; detail: why it was refused, in a word."""

    outcome: Sent
    receipt: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A command that was called for a committee. records: of that committee; settings: in force there."""

    tenant: Tenant
    records: Records
    settings: Mapping[str, object]
    arguments: Sequence[str]


@dataclass(frozen=True, slots=True)
class Command:
    """A command `tiepdan <plugin> <name> --tenant SLUG [ARGUMENT…]`. help: keys "vi" and "en".

    run: returns the lines to print; raises ValueError with a message for wrong arguments.
    """

    name: str
    help: Mapping[str, str]
    run: Callable[[Call], Sequence[str]]
