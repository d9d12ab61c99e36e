"""Where a person's work begins: the few things done most often, by what they may do."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext as _l

from tiepdan.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Way:
    """A page to begin at. form: whether it is begun by a POST."""

    permission: str
    endpoint: str
    label: object
    icon: str
    form: bool = False

    @property
    def url(self) -> str:
        """Return its address."""
        return url_for(self.endpoint)


WAYS = (
    Way("head.view", "head.index", _l("Trang của người đứng đầu"), "flag"),
    Way("receptions.run", "receptions.open_desk", _l("Mở bàn tiếp hôm nay"), "door-enter", form=True),
    Way("petitions.register", "petitions.new", _l("Tiếp nhận đơn"), "plus"),
    Way("members.manage", "members.invite_form", _l("Mời người"), "user-plus"),
)
_SHOWN = 2


def ways_to_begin(actor: Actor) -> list[Way]:
    """Return the first ways an actor may take; the first one is the page's main action."""
    return [way for way in WAYS if actor.may(way.permission)][:_SHOWN]
