"""Hands messages to the province's own dispatcher (on its integration platform, trục LGSP), signed, by one webhook.

The dispatcher decides by which way a citizen is reached; the platform tells it number, text and key, and nothing of
the case.
"""

from collections.abc import Mapping, Sequence

from tiepdan.sdk import Channel, Delivery, Manifest, Message, Sent, Tenant, hookimpl
from tiepdan_webhook_notice.webhook import Webhook, is_allowed, post_notice, read_secret

PHONE, MAIL = "dispatch", "dispatch-mail"
LONGEST = 1_000

PLUGIN = Manifest(
    name="webhook-notice",
    title={"vi": "Trục thông báo của tỉnh", "en": "The province's dispatcher"},
    summary={
        "vi": "Chuyển tin sang hệ thống thông báo của tỉnh (trục LGSP), có chữ ký.",
        "en": "Hands messages to the province's own dispatcher, signed.",
    },
    api=">=1.1,<2",
    settings={
        "type": "object",
        "properties": {
            "url": {
                "type": "string",
                "pattern": r"^https?://[^\s]+$",
                "maxLength": 300,
                "examples": ["https://lgsp.example.vn/notices"],
                "x-label": {"vi": "Địa chỉ nhận tin của hệ thống tỉnh", "en": "Address of the dispatcher"},
                "x-help": {
                    "vi": "Ở máy mà người vận hành cho phép. Bỏ trống: không có kênh này.",
                    "en": "On a host the operator allows. Empty: no such channel.",
                },
            },
            "secret_variable": {
                "type": "string",
                "pattern": "^TIEPDAN_WEBHOOK_[A-Z0-9_]{1,40}$",
                "default": "TIEPDAN_WEBHOOK_SECRET",
                "x-label": {"vi": "Biến môi trường chứa khóa ký", "en": "Environment variable with the signing key"},
                "x-help": {
                    "vi": "Khóa đặt trên máy chủ, không ghi ở đây. Tên bắt đầu bằng TIEPDAN_WEBHOOK_.",
                    "en": "The key is set on the server, not here. Its name begins with TIEPDAN_WEBHOOK_.",
                },
            },
            "mails_too": {
                "type": "boolean",
                "default": False,
                "x-label": {"vi": "Nhận cả thư cho cán bộ", "en": "Takes mails to staff too"},
            },
        },
    },
)


@hookimpl
def channels(settings: Mapping[str, object]) -> Sequence[Channel]:
    """Offer the dispatcher where one is set, and for mails where it takes them."""
    if not settings.get("url"):
        return []
    title = {"vi": "Hệ thống thông báo của tỉnh", "en": "The province's dispatcher"}
    mail = {"vi": "Hệ thống thông báo của tỉnh (thư)", "en": "The province's dispatcher (mail)"}
    offered = [Channel(PHONE, title, address="phone", longest=LONGEST)]
    if settings.get("mails_too"):
        offered.append(Channel(MAIL, mail, address="email", longest=LONGEST))
    return offered


@hookimpl
def deliver_message(tenant: Tenant, message: Message, settings: Mapping[str, object]) -> Delivery | None:
    """Post a signed notice under the message's key."""
    if message.channel not in (PHONE, MAIL) or not settings.get("url"):
        return None
    url, variable = str(settings["url"]), str(settings["secret_variable"])
    secret = read_secret(variable)
    if not secret:
        return Delivery(Sent.LATER, detail="no_secret")
    if not is_allowed(url, variable):
        return Delivery(Sent.LATER, detail="address_not_allowed")
    return post_notice(Webhook(url, tenant.slug, secret), message)
