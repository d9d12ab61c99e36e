"""Render the chart as Helm itself does, without a cluster.

Helm wants to talk to one, so a small server answers what it asks before it creates anything: which
kinds exist, and whether resources are there already (no). Helm then stores the release, which holds
everything it rendered; that is all we want, and every later request is refused.
"""

import base64
import gzip
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

CHART = Path(__file__).resolve().parents[2] / "helm"
KINDS = {
    "v1": ["ConfigMap", "PersistentVolumeClaim", "Pod", "Secret", "Service", "ServiceAccount"],
    "apps/v1": ["Deployment"],
    "batch/v1": ["CronJob", "Job"],
    "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"],
    "policy/v1": ["PodDisruptionBudget"],
}
PACKED = re.compile(rb"H4sI[A-Za-z0-9+/=]{100,}")
PLURALS = {"Ingress": "ingresses", "NetworkPolicy": "networkpolicies"}

type Manifest = dict[str, Any]
type Render = Callable[..., list[Manifest]]


def discovery(path: str) -> Manifest | None:
    """What a cluster of version 1.37 says about itself."""
    if path == "/version":
        return {"major": "1", "minor": "37", "gitVersion": "v1.37.0"}
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"]}
    groups = [version.split("/") for version in KINDS if "/" in version]
    if path == "/apis":
        listed = []
        for name, version in groups:
            group_version = {"groupVersion": f"{name}/{version}", "version": version}
            listed.append({"name": name, "versions": [group_version], "preferredVersion": group_version})
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": listed}
    version = path.removeprefix("/apis/").removeprefix("/api/")
    if version in KINDS:
        resources = [
            {
                "name": PLURALS.get(kind, f"{kind.lower()}s"),
                "singularName": kind.lower(),
                "namespaced": True,
                "kind": kind,
                "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"],
            }
            for kind in KINDS[version]
        ]
        return {"kind": "APIResourceList", "groupVersion": version, "resources": resources}
    return None


class Cluster(ThreadingHTTPServer):
    """The small server; `release` is what Helm stored."""

    daemon_threads = True
    release: Manifest | None = None


class Answers(BaseHTTPRequestHandler):
    """Answers Helm's questions."""

    server: Cluster
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet, or each answer waits 40 ms for the other side

    def answer(self, status: int, body: Manifest) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def refuse(self, status: int, reason: str) -> None:
        self.answer(
            status, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": status}
        )

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        known = discovery(path)
        if known is not None:
            self.answer(200, known)
        elif path.endswith("/secrets"):
            self.answer(200, {"kind": "SecretList", "apiVersion": "v1", "metadata": {}, "items": []})
        else:
            self.refuse(404, "NotFound")

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        # The release is a protobuf Secret; inside, the rendered texts are gzip in base64.
        packed = PACKED.search(sent)
        if packed and self.server.release is None:
            self.server.release = json.loads(gzip.decompress(base64.b64decode(packed[0])))
        self.refuse(403, "Forbidden")

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.refuse(403, "Forbidden")

    def do_PATCH(self) -> None:
        self.do_PUT()

    def do_DELETE(self) -> None:
        self.refuse(404, "NotFound")

    def log_message(self, *_: object) -> None:
        """Stay silent."""


INSTALL = """
import asyncio, json, sys
from helm_sdkpy import Configuration
from helm_sdkpy.actions import Install
from helm_sdkpy.exceptions import InstallError
chart, kubeconfig = sys.argv[1:]
for line in sys.stdin:
    install = Install(Configuration(namespace="tiepdan", kubeconfig=kubeconfig))
    try:
        asyncio.run(install.run("hanoi", chart, values=json.loads(line), wait=False, timeout=5))
        fault = ""
    except InstallError as error:
        fault = str(error)
    print(json.dumps(fault), flush=True)
"""


class ChartRefused(Exception):
    """Helm refused to render the chart with these values."""


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Render]:
    """render(**values): the manifests of a release `hanoi`, hooks included; ChartRefused if Helm refuses.

    Helm runs in a process of its own: its Go threads stay out of ours, and its caches out of the home folder.
    """
    folder = tmp_path_factory.mktemp("helm")
    cluster = Cluster(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=cluster.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    kubeconfig = folder / "kubeconfig"
    address = f"http://127.0.0.1:{cluster.server_address[1]}"
    kubeconfig.write_text(yaml.safe_dump(kubeconfig_for(address)))
    helm = subprocess.Popen(
        [sys.executable, "-c", INSTALL, str(CHART), str(kubeconfig)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"HOME": str(folder)},
    )

    def render_chart(**values: Any) -> list[Manifest]:
        cluster.release = None
        helm.stdin.write(json.dumps(values) + "\n")
        helm.stdin.flush()
        fault = json.loads(helm.stdout.readline())
        if cluster.release is None:
            raise ChartRefused(fault)
        texts = [cluster.release["manifest"], *(hook["manifest"] for hook in cluster.release.get("hooks", []))]
        return [manifest for text in texts for manifest in yaml.safe_load_all(text) if manifest]

    render_chart.refused = ChartRefused
    yield render_chart
    helm.communicate()
    cluster.shutdown()
    cluster.server_close()
    thread.join()


def kubeconfig_for(address: str) -> Manifest:
    """What Helm reads to find the cluster."""
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "test",
        "clusters": [{"name": "test", "cluster": {"server": address}}],
        "users": [{"name": "test", "user": {}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
    }
