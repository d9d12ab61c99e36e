"""Text messages by an SMS gateway that takes JSON over HTTPS and honours an idempotency key.

The gateway's token is no setting: settings stand in pages and files. The operator puts it into the environment, beside
the hosts it may be sent to, and the setting names the variable.
"""

from collections.abc import Mapping, Sequence

from tiepdan.sdk import Channel, Delivery, Manifest, Message, Sent, Tenant, hookimpl
from tiepdan_sms_gateway.gateway import Gateway, is_allowed, post_message, read_token

CHANNEL = "sms"
LONGEST = 160  # letters of one text message without marks

PLUGIN = Manifest(
    name="sms-gateway",
    title={"vi": "Tin nhắn SMS", "en": "Text messages"},
    summary={
        "vi": "Thêm kênh tin nhắn SMS qua cổng nhắn tin của đơn vị hoặc nhà mạng.",
        "en": "Adds text messages by the gateway of the committee or a carrier.",
    },
    api=">=1.1,<2",
    settings={
        "type": "object",
        "properties": {
            "gateway_url": {
                "type": "string",
                "pattern": r"^https?://[^\s]+$",
                "maxLength": 300,
                "examples": ["https://sms.example.vn/v1/messages"],
                "x-label": {"vi": "Địa chỉ cổng nhắn tin", "en": "Address of the gateway"},
                "x-help": {
                    "vi": "Ví dụ https://sms.example.vn/v1/messages, ở máy mà người vận hành cho phép. Bỏ trống: không "
                    "có kênh tin nhắn.",
                    "en": "Such as https://sms.example.vn/v1/messages, on a host the operator allows. Empty: no text "
                    "messages.",
                },
            },
            "sender": {
                "type": "string",
                "pattern": "^[A-Za-z0-9._ -]{1,11}$",
                "default": "TIEPDAN",
                "x-label": {"vi": "Tên người gửi (brandname)", "en": "Name of the sender"},
                "x-help": {"vi": "Tối đa 11 ký tự không dấu.", "en": "At most 11 letters without marks."},
            },
            "token_variable": {
                "type": "string",
                "pattern": "^TIEPDAN_SMS_[A-Z0-9_]{1,40}$",
                "default": "TIEPDAN_SMS_TOKEN",
                "x-label": {"vi": "Biến môi trường chứa mã truy cập", "en": "Environment variable with the token"},
                "x-help": {
                    "vi": "Mã truy cập đặt trên máy chủ, không ghi ở đây. Tên bắt đầu bằng TIEPDAN_SMS_.",
                    "en": "The token is set on the server, not here. Its name begins with TIEPDAN_SMS_.",
                },
            },
        },
    },
)


@hookimpl
def channels(settings: Mapping[str, object]) -> Sequence[Channel]:
    """Offer text messages where a gateway is set."""
    if not settings.get("gateway_url"):
        return []
    return [Channel(CHANNEL, {"vi": "Tin nhắn SMS", "en": "Text message"}, address="phone", longest=LONGEST)]


@hookimpl
def deliver_message(tenant: Tenant, message: Message, settings: Mapping[str, object]) -> Delivery | None:
    """Post a message to the gateway under its key."""
    if message.channel != CHANNEL or not settings.get("gateway_url"):
        return None
    url, variable = str(settings["gateway_url"]), str(settings["token_variable"])
    token = read_token(variable)
    if not token:
        return Delivery(Sent.LATER, detail="no_token")
    if not is_allowed(url, variable):
        return Delivery(Sent.LATER, detail="address_not_allowed")
    return post_message(Gateway(url, str(settings["sender"]), token), message)
