"""The platform's own mail channel: one message by SMTP, and what became of it."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from tiepdan.config import Settings
from tiepdan.sdk import Delivery, Message, Sent

TIMEOUT = 15.0  # seconds


def send_mail(settings: Settings, message: Message) -> Delivery:
    """Send a mail. LATER when the server was not reached or asks to wait, UNKNOWN when it broke off after the text.

    The mail's own number is made from the message's key, so that a server or a reader can see a repetition.
    """
    mail = _compose(settings.mail_from or "", message)
    try:
        server = _connect(settings.smtp_url or "")
    except (OSError, smtplib.SMTPException):
        return Delivery(Sent.LATER, detail="not_reached")
    try:
        refusal = _introduce(server, mail)
        return refusal or _hand_over(server, mail)
    finally:
        _leave(server)


def _compose(sender: str, message: Message) -> EmailMessage:
    name, address = parseaddr(sender)
    mail = EmailMessage()
    mail["From"] = formataddr((name, address))
    mail["To"] = message.address
    mail["Subject"] = message.subject
    mail["Message-ID"] = f"<{message.key}@{address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    wants_tls = parse_qs(parts.query).get("tls", ["0"])[0] == "1"
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            parts.hostname or "", parts.port or 465, timeout=TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=TIMEOUT)
    try:
        if wants_tls and parts.scheme == "smtp":
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, mail: EmailMessage) -> Delivery | None:
    """Name sender and recipient; return why it goes no further. Nothing of the mail is with the server yet."""
    try:
        server.ehlo_or_helo_if_needed()
        for code, _words in (server.mail(parseaddr(mail["From"])[1]), server.rcpt(mail["To"])):
            if code >= 500:
                return Delivery(Sent.REFUSED, detail=f"smtp_{code}")
            if code >= 400:
                return Delivery(Sent.LATER, detail=f"smtp_{code}")
    except (OSError, smtplib.SMTPException):
        return Delivery(Sent.LATER, detail="broken_off")
    return None


def _hand_over(server: smtplib.SMTP, mail: EmailMessage) -> Delivery:
    try:
        code, _words = server.data(mail.as_bytes())
    except smtplib.SMTPDataError as fault:  # refused before the text was sent
        return Delivery(Sent.REFUSED if fault.smtp_code >= 500 else Sent.LATER, detail=f"smtp_{fault.smtp_code}")
    except (OSError, smtplib.SMTPException):
        return Delivery(Sent.UNKNOWN, detail="broken_off")
    if code >= 500:
        return Delivery(Sent.REFUSED, detail=f"smtp_{code}")
    return Delivery(Sent.LATER, detail=f"smtp_{code}") if code >= 400 else Delivery(Sent.SENT)


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
