"""Checks of what is around the database: keys, queue, disk, calendar."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import redis
from rq import Queue
from rq.job import Job
from rq.registry import FailedJobRegistry
from rq.serializers import JSONSerializer

from tiepdan.config import Settings
from tiepdan.core.clock import TIMEZONE
from tiepdan.core.crypto import Undecipherable, unwrap_key
from tiepdan.core.jobs import QUEUES
from tiepdan.deadlines.vietnam import announced_through
from tiepdan.operations.findings import Finding

type Findings = Iterator[Finding]

OLDEST_JOB = timedelta(minutes=10)
LEAST_DISK = 2 * 1024**3
# Most statutory limits end within a quarter; a year that nobody counts in yet need not be announced.
LONGEST_COMMON_LIMIT = timedelta(days=90)


def check_keys(app: psycopg.Connection, settings: Settings) -> Findings:
    """The root key opens every tenant's wrapped keys."""
    total, closed = 0, []
    try:
        for tenant_id, key, private in app.execute(
            "SELECT tenant_id, wrapped_key, wrapped_private_key FROM tenant_key"
        ):
            total += 1
            try:
                unwrap_key(settings.root_key, tenant_id, key)
                unwrap_key(settings.root_key, tenant_id, private, "private")
            except Undecipherable:
                closed.append(tenant_id)
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        return  # not migrated: check_migrations has said so
    share = f"{len(closed)}/{total}"
    if closed:
        yield Finding(
            "keys",
            "fault",
            f"TIEPDAN_ROOT_KEY không mở được {share} khóa cơ quan; lấy lại đúng khóa từ bản lưu",
            f"TIEPDAN_ROOT_KEY does not open {share} tenants' keys; restore the right one",
        )
    else:
        yield Finding("keys", "ok", f"mở được khóa của {total} cơ quan", f"keys of {total} tenants open")


def check_queue(client: "redis.Redis") -> Findings:
    """Redis or Valkey answers, jobs do not wait long, and few failed."""
    client.ping()
    oldest: datetime | None = None
    failed = waiting = 0
    for name in QUEUES:
        queue = Queue(name, connection=client, serializer=JSONSerializer)
        failed += FailedJobRegistry(queue=queue).count
        identifiers = queue.get_job_ids()
        waiting += len(identifiers)
        jobs = Job.fetch_many(identifiers[:1], connection=client, serializer=JSONSerializer)
        for job in jobs:
            if job is not None and job.enqueued_at is not None:
                at = job.enqueued_at if job.enqueued_at.tzinfo else job.enqueued_at.replace(tzinfo=UTC)
                oldest = at if oldest is None else min(oldest, at)
    age = datetime.now(UTC) - oldest if oldest is not None else timedelta()
    if age > OLDEST_JOB:
        minutes = int(age.total_seconds() // 60)
        yield Finding(
            "queue",
            "fault",
            f"việc cũ nhất đã chờ {minutes} phút ({waiting} việc); kiểm tra `tiepdan worker`",
            f"the oldest job has waited {minutes} minutes ({waiting} jobs); check `tiepdan worker`",
        )
    else:
        yield Finding("queue", "ok", f"{waiting} việc đang chờ", f"{waiting} jobs waiting")
    if failed:
        yield Finding(
            "failed jobs",
            "warning",
            f"{failed} việc thất bại trong 7 ngày; xem nhật ký của worker",
            f"{failed} jobs failed in seven days; see the worker's log",
        )


def check_disk(settings: Settings) -> Findings:
    """The attachments folder can be written and has room."""
    folder = settings.attachments_dir
    probe = folder / ".doctor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding(
            "disk",
            "fault",
            f"không ghi được vào {folder} ({error.strerror}); sửa quyền hoặc TIEPDAN_ATTACHMENTS",
            f"cannot write to {folder} ({error.strerror}); fix its permissions or TIEPDAN_ATTACHMENTS",
        )
        return
    room = f"{free / 1024**3:.1f} GiB"
    if free < LEAST_DISK:
        yield Finding(
            "disk",
            "fault",
            f"chỉ còn {room} tại {folder}; dọn hoặc mở rộng ổ đĩa",
            f"only {room} left at {folder}",
        )
    else:
        yield Finding("disk", "ok", f"còn {room}", f"{room} free")


def check_base_domain(settings: Settings) -> Findings:
    """A production installation knows its own domain, so that no forged Host gets into links and QR codes."""
    if settings.base_domain is not None:
        yield Finding("base domain", "ok", settings.base_domain, settings.base_domain)
    elif settings.environment == "production":
        yield Finding(
            "base domain",
            "warning",
            "chưa đặt TIEPDAN_BASE_DOMAIN: liên kết mời và mã QR mang tên máy do người gửi yêu cầu ghi; "
            "hãy đặt tên miền, ví dụ tiepdan.example.vn, hoặc để proxy chặn mọi tên miền khác",
            "TIEPDAN_BASE_DOMAIN is not set: invitation links and QR codes carry whatever host a request names; "
            "set the domain, for example tiepdan.example.vn, or let the proxy refuse every other host",
        )


def check_mail(settings: Settings) -> Findings:
    """Mails can be sent, or it is known that they wait."""
    if settings.can_mail:
        yield Finding("mail", "ok", f"gửi từ {settings.mail_from}", f"sent from {settings.mail_from}")
    elif settings.environment == "production":
        yield Finding(
            "mail",
            "warning",
            "chưa đặt TIEPDAN_SMTP_URL và TIEPDAN_MAIL_FROM: thư điện tử báo cho cán bộ nằm chờ, chưa gửi được",
            "TIEPDAN_SMTP_URL and TIEPDAN_MAIL_FROM are not set: mails to staff wait and are not sent",
        )


def check_calendar(settings: Settings) -> Findings:
    """The working-day calendar is announced for the year that today's deadlines reach into."""
    day = settings.clock or datetime.now(TIMEZONE).date()
    needed, known = (day + LONGEST_COMMON_LIMIT).year, announced_through()
    if needed > known:
        yield Finding(
            "calendar",
            "warning",
            f"lịch nghỉ năm {needed} chưa công bố (có đến {known}); hạn sang năm đó là tạm tính",
            f"the holidays of {needed} are not announced (known to {known}); deadlines there are provisional",
        )
    else:
        yield Finding("calendar", "ok", f"có đến năm {known}", f"known to {known}")
