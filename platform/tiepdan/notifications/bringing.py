"""Hand a message to its channel: the platform's mail, or the plugin whose channel it is."""

import re
from datetime import timedelta
from typing import Any

from flask import current_app

from tiepdan.core.plugins import answer_check, implementers, tell
from tiepdan.notifications.channels import Way
from tiepdan.notifications.mail import send_mail
from tiepdan.notifications.rules import MAIL
from tiepdan.sdk import Delivery, Message, Sent
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "deliver_message"
BUDGET = timedelta(seconds=30)  # nobody waits for it; a gateway may be slow
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,80}")


def bring(way: Way, message: Message) -> Delivery:
    """Return what became of a message. Raises PluginBrokeTransactionError."""
    if way.key == MAIL:
        return send_mail(current_app.config["TIEPDAN"], message)
    plugin = next((each for each in implementers(HOOK) if each.manifest.name == way.plugin), None)
    if plugin is None:
        return Delivery(Sent.LATER, detail="no_channel")
    said, fault = tell(plugin, HOOK, budget=BUDGET, tenant=plugin_tenant(own_tenant()), message=message)
    if fault is not None:
        # It answered, too late to count: the message may have gone.
        return Delivery(Sent.UNKNOWN if fault.kind == "slow" else Sent.LATER, detail=_code(fault.kind, message))
    if said is None:
        return Delivery(Sent.LATER, detail="not_its_channel")
    return Delivery(Sent(said.outcome), _code(said.receipt, message), _code(said.detail, message))


def _code(text: str, message: Message) -> str:
    """Return a receipt or a detail if it is a code and does not quote the address; the log keeps no words."""
    figures = message.address.lstrip("+")
    return text if isinstance(text, str) and _CODE.fullmatch(text) and figures not in text else ""


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(answer, Delivery):
        raise TypeError("deliver_message answers with a Delivery")
    Sent(answer.outcome)
