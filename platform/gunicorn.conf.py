"""How gunicorn serves the platform, on a laptop and in the cluster; variables change what must differ."""

import os
from pathlib import Path
from typing import Any

from prometheus_client import multiprocess

wsgi_app = "tiepdan.wsgi:application"
bind = [os.environ.get("TIEPDAN_BIND", "0.0.0.0:8000")]
proc_name = "tiepdan-web"

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# A hung request ends here at the latest; statement_timeout is shorter.
timeout = 90
graceful_timeout = 15
keepalive = 5
# A slow leak never grows old; the jitter keeps workers from leaving together.
max_requests = 20_000
max_requests_jitter = 2_000
# The default folder may be a disk; the heartbeat belongs in memory.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# The application is read once and forked; see post_fork.
preload_app = True

limit_request_line = 4094
limit_request_field_size = 8190
# The application decides whom to believe (TIEPDAN_TRUSTED_PROXIES), in one place.
forwarded_allow_ips = ""
# Request lines may hold tracking codes; the application logs endpoints instead.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("TIEPDAN_LOG_LEVEL", "info").lower()
control_socket_disable = True


def post_fork(_server: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn's own types
    """Forget the connections the master opened: two processes may never talk through one."""
    from tiepdan.core.db import db

    with worker.app.callable.app_context():
        db.engine.dispose(close=False)


def child_exit(_server: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn's own types
    """Drop the live gauges of a worker that ended."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder and Path(folder).is_dir():
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
