"""Where a message goes: asked of the vault or the account at the moment of sending, and kept nowhere."""

from typing import cast
from uuid import UUID

from flask import current_app

from tiepdan.core.actor import Actor
from tiepdan.core.errors import NotFound
from tiepdan.identity.accounts import account_by_id
from tiepdan.identity.memberships import accounts_who_may
from tiepdan.identity.vault import PersonDetails, read_people, unseal_person
from tiepdan.notifications.rules import EMAIL, PHONE, Audience, is_mail_address, read_phone
from tiepdan.tenancy.addresses import tenant_url

_REASON = "Nhắn tin cho người gửi theo yêu cầu của họ"  # stands in the journal of what is sealed


class Unreachable(Exception):
    """There is no address. why: a word for the log; covered: the person was sealed meanwhile."""

    def __init__(self, why: str, *, covered: bool = False) -> None:
        super().__init__(why)
        self.why, self.covered = why, covered


def address_of(person_id: UUID | None, account_id: UUID | None, kind: str, *, sealed: bool) -> str:
    """Return the telephone number or mail address of a message's recipient. Raises Unreachable.

    sealed: the person is named to the vault, which writes the read into the journal first.
    """
    if account_id is not None:
        if account_id not in accounts_who_may("home.view"):
            raise Unreachable("no_person")  # who left since it was written, or never worked here
        login = account_by_id(account_id).login
        if kind == EMAIL and is_mail_address(login):
            return login
        raise Unreachable("no_address")
    person = _person(cast("UUID", person_id), sealed=sealed)
    phone = read_phone(person.phone) if kind == PHONE else ""
    if not phone:
        raise Unreachable("no_address")
    return phone


def page_url(slug: str, audience: Audience) -> str:
    """Return the page a message leads to; "" where the installation does not know the name it is reached by."""
    if current_app.config["TIEPDAN"].base_domain is None:
        return ""
    return f"https:{tenant_url(slug, '/track' if audience is Audience.CITIZEN else '/desk')}"


def _person(person_id: UUID, *, sealed: bool) -> PersonDetails:
    try:
        if sealed:
            return unseal_person(person_id, actor=Actor.system("identities.unseal"), reason=_REASON)
    except NotFound as fault:
        raise Unreachable("no_person") from fault
    person = read_people([person_id])[person_id]
    if person is None:
        raise Unreachable("sealed", covered=True)
    return person
