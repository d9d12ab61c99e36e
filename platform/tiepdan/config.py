"""Typed settings from the environment; a missing or default secret refuses to start.

Every problem is found in one pass and reported together, in Vietnamese and English, each with
what to do, because whoever reads it is installing a server and wants to edit the file once.
"""

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

type Environment = Literal["production", "demo", "test"]

ENVIRONMENTS: tuple[Environment, ...] = ("production", "demo", "test")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MINIMUM_SECRET_LENGTH = 32
ROOT_KEY_BYTES = 32
# A random 32-byte key has about 30 distinct bytes; fewer than 12 never happens by chance.
MINIMUM_DISTINCT_BYTES = 12
DEFAULT_METRICS_PORT = 9464

# Words that appear in examples and are therefore known to everybody. A short one must stand alone: a random secret
# begins with "dev" or "xxx" once in some ten thousand.
_DEFAULT_WORDS = re.compile(
    r"change.?me|change.?this|example|placeholder|insert|your.?(secret|key|password)|"
    r"^(secret|password|postgres|tiepdan|admin|default|(test|dev)(?![a-z])|x{6}|12345)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the environment: the variable, what to do in Vietnamese and in English."""

    name: str
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.name}: {self.vi}\n    {self.en}"


class ConfigError(Exception):
    """The environment is not fit to start with; `problems` lists everything wrong at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        listed = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"Cấu hình chưa dùng được / the configuration cannot be used:\n{listed}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the platform was told by its environment; secrets never show in its repr.

    database_owner_url: only migrations and `doctor` need it; web and worker run without it.
    root_key: 32 bytes which wrap every tenant's key.
    clock: the platform's business day where it is not today's (demo and tests only).
    base_domain: tenants answer at <slug>.<base_domain>; None means the path prefix /t/<slug>.
    metrics_port: private port of /metrics; 0 switches it off.
    trusted_proxies: how many reverse proxies in front may set X-Forwarded-*.
    plugins_allowed: the operator's list of reviewed plugins; in production nothing else is loaded.
    smtp_url, mail_from: the mail server and whose mails they are; without both no mail goes out, and mails wait.
    """

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    root_key: bytes = field(repr=False)
    environment: Environment
    attachments_dir: Path
    database_owner_url: str | None = field(default=None, repr=False)
    sentry_dsn: str | None = field(default=None, repr=False)
    clock: date | None = None
    base_domain: str | None = None
    metrics_port: int = DEFAULT_METRICS_PORT
    log_level: str = "INFO"
    trusted_proxies: int = 0
    plugins_allowed: Path | None = None
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str | None = None

    @property
    def can_mail(self) -> bool:
        """Say whether mails can be sent."""
        return self.smtp_url is not None and self.mail_from is not None

    def require_owner_url(self) -> str:
        """Return the owner's database address, for commands that change the schema.

        Raises ConfigError if DATABASE_OWNER_URL was not given.
        """
        if self.database_owner_url is None:
            raise ConfigError([_missing("DATABASE_OWNER_URL", "postgresql://tiepdan_owner:…@host/tiepdan")])
        return self.database_owner_url


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check all settings.

    environ: the environment; an empty value counts as not given.
    Raises ConfigError that lists every problem at once.
    """
    reader = _Reader(environ)
    environment = reader.environment()
    settings = Settings(
        database_url=reader.database("DATABASE_URL", environment, required=True) or "",
        database_owner_url=reader.database("DATABASE_OWNER_URL", environment, required=False),
        redis_url=reader.redis(),
        secret_key=reader.secret_key(),
        root_key=reader.root_key(),
        sentry_dsn=reader.get("SENTRY_DSN"),
        environment=environment,
        clock=reader.clock(environment),
        base_domain=reader.base_domain(),
        attachments_dir=reader.attachments(environment),
        metrics_port=reader.number("TIEPDAN_METRICS_PORT", DEFAULT_METRICS_PORT, 0, 65535),
        log_level=reader.log_level(),
        trusted_proxies=reader.number("TIEPDAN_TRUSTED_PROXIES", 0, 0, 10),
        plugins_allowed=reader.file("TIEPDAN_PLUGINS_ALLOWED"),
        smtp_url=reader.smtp(),
        mail_from=reader.mail_from(),
    )
    reader.compare_roles(settings)
    if reader.problems:
        raise ConfigError(reader.problems)
    return settings


def _missing(name: str, example: str) -> Problem:
    return Problem(name, f"chưa có; hãy đặt, ví dụ {example}", f"is not set; set it, for example {example}")


class _Reader:
    """Reads one variable after another and keeps the problems instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[Problem] = []

    def get(self, name: str) -> str | None:
        return self.environ.get(name, "").strip() or None

    def refuse(self, name: str, vi: str, en: str) -> None:
        self.problems.append(Problem(name, vi, en))

    def file(self, name: str) -> Path | None:
        value = self.get(name)
        if value is None:
            return None
        path = Path(value)
        if not path.is_file():
            self.refuse(name, f"không có tệp {value}", f"there is no file {value}")
        return path

    def environment(self) -> Environment:
        value = self.get("TIEPDAN_ENVIRONMENT") or "production"
        if value not in ENVIRONMENTS:
            words = ", ".join(ENVIRONMENTS)
            self.refuse(
                "TIEPDAN_ENVIRONMENT",
                f"giá trị {value!r} không hợp lệ; dùng một trong: {words}",
                f"is {value!r}; use one of: {words}",
            )
            return "production"
        return value

    def database(self, name: str, environment: Environment, *, required: bool) -> str | None:
        value = self.get(name)
        role = "tiepdan_owner" if name == "DATABASE_OWNER_URL" else "tiepdan_app"
        example = f"postgresql://{role}:…@host:5432/tiepdan"
        if value is None:
            if required:
                self.problems.append(_missing(name, example))
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
            self.refuse(
                name,
                f"phải là địa chỉ PostgreSQL có tên cơ sở dữ liệu, ví dụ {example}",
                f"must be a PostgreSQL address with a database name, for example {example}",
            )
        elif environment == "production" and _is_default_password(parts.username, parts.password):
            self.refuse(
                name,
                "mật khẩu là giá trị mặc định; đổi bằng `\\password` trong psql rồi sửa địa chỉ",
                "has a default password; change it with psql's `\\password`, then edit the address",
            )
        return value

    def redis(self) -> str:
        value = self.get("REDIS_URL")
        if value is None:
            self.problems.append(_missing("REDIS_URL", "redis://host:6379/0"))
            return ""
        if urlsplit(value).scheme not in ("redis", "rediss", "unix"):
            self.refuse(
                "REDIS_URL",
                "phải bắt đầu bằng redis://, rediss:// hoặc unix://",
                "must start with redis://, rediss:// or unix://",
            )
        return value

    def smtp(self) -> str | None:
        value = self.get("TIEPDAN_SMTP_URL")
        if value is not None:
            parts = urlsplit(value)
            if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
                self.refuse(
                    "TIEPDAN_SMTP_URL",
                    "phải có dạng smtp://user:pass@host:587?tls=1 hoặc smtps://user:pass@host:465",
                    "must look like smtp://user:pass@host:587?tls=1 or smtps://user:pass@host:465",
                )
        return value

    def mail_from(self) -> str | None:
        value = self.get("TIEPDAN_MAIL_FROM")
        if value is not None and "@" not in parseaddr(value)[1]:
            self.refuse(
                "TIEPDAN_MAIL_FROM",
                f"giá trị {value!r} không phải địa chỉ thư; ví dụ Tiếp Dân <tiepdan@example.vn>",
                f"is {value!r}, no mail address; for example Tiếp Dân <tiepdan@example.vn>",
            )
        if value is not None and self.get("TIEPDAN_SMTP_URL") is None:
            self.problems.append(_missing("TIEPDAN_SMTP_URL", "smtp://user:pass@host:587?tls=1"))
        return value

    def secret_key(self) -> str:
        name, how = "TIEPDAN_SECRET_KEY", "`tiepdan secrets`"
        value = self.get(name)
        if value is None:
            self.problems.append(_missing(name, f"giá trị do {how} in ra / the value that {how} prints"))
            return ""
        if _DEFAULT_WORDS.search(value) or len(set(value)) < MINIMUM_DISTINCT_BYTES:
            self.refuse(name, f"là giá trị mẫu; tạo mới bằng {how}", f"is a default; make one with {how}")
        elif len(value) < MINIMUM_SECRET_LENGTH:
            self.refuse(
                name,
                f"chỉ có {len(value)} ký tự, cần ít nhất {MINIMUM_SECRET_LENGTH}; tạo bằng {how}",
                f"has {len(value)} characters, needs {MINIMUM_SECRET_LENGTH} or more; make one with {how}",
            )
        return value

    def root_key(self) -> bytes:
        name, how = "TIEPDAN_ROOT_KEY", "`tiepdan secrets`"
        value = self.get(name)
        if value is None:
            self.problems.append(_missing(name, f"giá trị do {how} in ra / the value that {how} prints"))
            return b""
        try:
            key = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            self.refuse(name, f"không phải base64; tạo bằng {how}", f"is not base64; make one with {how}")
            return b""
        if len(key) != ROOT_KEY_BYTES:
            self.refuse(
                name,
                f"giải mã được {len(key)} byte, cần đúng {ROOT_KEY_BYTES}; tạo bằng {how}",
                f"decodes to {len(key)} bytes, needs exactly {ROOT_KEY_BYTES}; make one with {how}",
            )
        elif len(set(key)) < MINIMUM_DISTINCT_BYTES:
            self.refuse(name, f"là khóa mẫu; tạo mới bằng {how}", f"is a default key; make one with {how}")
        return key

    def clock(self, environment: Environment) -> date | None:
        name = "TIEPDAN_CLOCK"
        value = self.get(name)
        if value is None:
            return None
        if environment == "production":
            self.refuse(
                name,
                "chỉ dùng khi trình diễn hoặc kiểm thử; bỏ biến này, ngày nghiệp vụ phải là ngày thật",
                "is for demo and tests only; remove it: in production the business day is the real one",
            )
            return None
        return self.parse(name, value, date.fromisoformat, "YYYY-MM-DD, 2024-06-28")

    def parse[T](self, name: str, value: str, convert: Callable[[str], T], example: str) -> T | None:
        try:
            return convert(value)
        except ValueError:
            self.refuse(name, f"{value!r} sai; dạng đúng: {example}", f"is {value!r}; expected {example}")
            return None

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.get(name)
        if value is None:
            return default
        number = self.parse(name, value, int, f"{least}-{most}")
        if number is not None and not least <= number <= most:
            self.refuse(name, f"{number} nằm ngoài {least}-{most}", f"is {number}, outside {least}-{most}")
        return default if number is None else number

    def base_domain(self) -> str | None:
        value = self.get("TIEPDAN_BASE_DOMAIN")
        if value and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?", value):
            self.refuse(
                "TIEPDAN_BASE_DOMAIN",
                f"giá trị {value!r} không phải tên miền; ví dụ tiepdan.example.vn",
                f"is {value!r}, not a domain name; for example tiepdan.example.vn",
            )
        return value

    def attachments(self, environment: Environment) -> Path:
        value = self.get("TIEPDAN_ATTACHMENTS")
        if value is None and environment == "production":
            self.problems.append(_missing("TIEPDAN_ATTACHMENTS", "/var/lib/tiepdan/attachments"))
        path = Path(value or ".tiepdan/attachments")
        if environment == "production" and not path.is_absolute() and value is not None:
            self.refuse(
                "TIEPDAN_ATTACHMENTS",
                "phải là đường dẫn tuyệt đối, ví dụ /var/lib/tiepdan/attachments",
                "must be an absolute path, for example /var/lib/tiepdan/attachments",
            )
        return path.absolute()

    def log_level(self) -> str:
        value = (self.get("TIEPDAN_LOG_LEVEL") or "INFO").upper()
        if value not in LOG_LEVELS:
            words = ", ".join(LOG_LEVELS)
            self.refuse(
                "TIEPDAN_LOG_LEVEL",
                f"giá trị {value!r} không hợp lệ; dùng một trong: {words}",
                f"is {value!r}; use one of: {words}",
            )
        return value

    def compare_roles(self, settings: Settings) -> None:
        """Refuse one role in both addresses: the owner may drop the fences that hold the application."""
        owner = settings.database_owner_url
        if owner and urlsplit(owner).username == urlsplit(settings.database_url).username is not None:
            self.refuse(
                "DATABASE_URL",
                "trùng vai trò với DATABASE_OWNER_URL; ứng dụng dùng tiepdan_app, di trú dùng tiepdan_owner",
                "uses the same role as DATABASE_OWNER_URL; tiepdan_app runs, tiepdan_owner migrates",
            )


def _is_default_password(user: str | None, password: str | None) -> bool:
    if password is None:  # peer, certificate or .pgpass: nothing to judge here
        return False
    plain = unquote(password)
    return plain == unquote(user or "") or bool(_DEFAULT_WORDS.search(plain))
