"""The Helm chart renders to manifests that Kubernetes accepts, and refuses wrong values."""

import kubernetes_validate
import pytest

PARTS = {"web", "worker", "sweep", "migrate", "apply-tenants"}
TENANTS = {"applyTenants": {"files": {"lang-son": 'slug = "lang-son"\n', "ha-noi": 'slug = "ha-noi"\n'}}}
WHOLE = TENANTS | {
    "settings": {"baseDomain": "tiepdan.example.vn"},
    "ingress": {
        "enabled": True, "className": "nginx", "hosts": ["tiepdan.example.vn", "*.tiepdan.example.vn"],
        "tlsSecret": "tiepdan-tls", "annotations": {"example.vn/owner": "it"},
    },
    "networkPolicy": {
        "ingressFrom": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}}],
        "metricsFrom": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}],
    },
    "image": {"repository": "mirror.example.vn/tiepdan", "tag": "1.2.3", "pullSecrets": ["mirror"]},
    "nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "dedicated", "operator": "Exists"}],
    "attachments": {"storageClass": "fast"},
}  # fmt: skip


def pods(manifests):
    """Pod template by name of the part."""
    return {
        manifest["metadata"]["labels"]["app.kubernetes.io/component"]: manifest["spec"]["template"]
        for manifest in manifests
        if manifest["kind"] in {"Deployment", "Job"}
    }


def only(manifests, kind):
    return [manifest for manifest in manifests if manifest["kind"] == kind]


@pytest.mark.parametrize(
    "values", [{}, TENANTS, WHOLE, {"metrics": {"enabled": False}, "networkPolicy": {"enabled": False}}]
)
@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_every_manifest_is_valid(render, values, version):
    manifests = render(**values)
    assert len(manifests) >= 6
    for manifest in manifests:
        kubernetes_validate.validate(manifest, version, strict=True)


def test_every_part_is_there(render):
    assert set(pods(render(**TENANTS))) == PARTS
    assert set(pods(render())) == PARTS - {"apply-tenants"}


def test_no_pod_is_root_or_writes_to_its_image(render):
    for name, template in pods(render(**WHOLE)).items():
        spec = template["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert spec["automountServiceAccountToken"] is False
        for container in spec["containers"]:
            rights = container["securityContext"]
            assert rights["readOnlyRootFilesystem"] is True
            assert rights["allowPrivilegeEscalation"] is False
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert container["resources"]["requests"]["cpu"]


def test_only_migrations_and_provisioning_see_the_owners_address(render):
    with_owner = {
        name
        for name, template in pods(render(**TENANTS)).items()
        for container in template["spec"]["containers"]
        if any(item["name"] == "DATABASE_OWNER_URL" for item in container.get("env", []))
    }
    assert with_owner == {"migrate", "apply-tenants"}


def test_secrets_are_referenced_and_never_rendered(render):
    manifests = render(**WHOLE)
    assert only(manifests, "Secret") == []
    for template in pods(manifests).values():
        for container in template["spec"]["containers"]:
            for item in container["env"]:
                if item["name"] in {"DATABASE_URL", "TIEPDAN_SECRET_KEY", "TIEPDAN_ROOT_KEY", "REDIS_URL"}:
                    assert "secretKeyRef" in item["valueFrom"]


def test_migrations_run_before_the_new_pods_and_tenants_after(render):
    jobs = {
        job["metadata"]["name"]: job["metadata"]["annotations"]["helm.sh/hook"]
        for job in only(render(**TENANTS), "Job")
    }
    assert jobs == {
        "hanoi-migrate": "pre-install,pre-upgrade",
        "hanoi-apply-tenants": "post-install,post-upgrade",
    }


def test_the_files_of_tenants_reach_the_command(render):
    manifests = render(**TENANTS)
    (files,) = only(manifests, "ConfigMap")
    assert files["data"] == {"ha-noi.toml": 'slug = "ha-noi"\n', "lang-son.toml": 'slug = "lang-son"\n'}
    command = pods(manifests)["apply-tenants"]["spec"]["containers"][0]["command"]
    folder = "/etc/tiepdan/tenants"
    assert command == ["tiepdan", "tenants", "apply", f"{folder}/ha-noi.toml", f"{folder}/lang-son.toml"]


def test_the_web_is_probed_as_the_platforms_host(render):
    container = pods(render(**WHOLE))["web"]["spec"]["containers"][0]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    for probe in ("startupProbe", "readinessProbe"):
        assert container[probe]["httpGet"]["path"] == "/readyz"
        assert container[probe]["httpGet"]["httpHeaders"] == [{"name": "Host", "value": "tiepdan.example.vn"}]


def test_metrics_have_a_port_of_their_own_that_no_ingress_reaches(render):
    manifests = render(**WHOLE)
    (ingress,) = only(manifests, "Ingress")
    backends = {rule["http"]["paths"][0]["backend"]["service"]["port"]["name"] for rule in ingress["spec"]["rules"]}
    assert backends == {"http"}
    for part in ("web", "worker", "sweep"):
        ports = [
            p for c in pods(manifests)[part]["spec"]["containers"] for p in c.get("ports", []) if p["name"] == "metrics"
        ]
        assert [p["containerPort"] for p in ports] == [9464]


def test_the_network_is_closed_but_for_what_is_needed(render):
    policies = {p["metadata"]["name"]: p["spec"] for p in only(render(**WHOLE), "NetworkPolicy")}
    everyone = policies["hanoi"]
    assert everyone["policyTypes"] == ["Ingress", "Egress"]
    assert {port["port"] for rule in everyone["egress"] for port in rule["ports"]} == {53, 5432, 6379, 443}
    assert policies["hanoi-web"]["ingress"][0]["ports"] == [{"port": 8000}]
    assert policies["hanoi-web"]["ingress"][0]["from"]


def test_one_replica_has_no_disruption_budget(render):
    assert len(only(render(), "PodDisruptionBudget")) == 2
    assert only(render(web={"replicas": 1}, worker={"replicas": 1}), "PodDisruptionBudget") == []


def test_an_existing_claim_is_used_and_none_is_made(render):
    manifests = render(attachments={"existingClaim": "scans"})
    assert only(manifests, "PersistentVolumeClaim") == []
    volumes = pods(manifests)["web"]["spec"]["volumes"]
    assert {"name": "attachments", "persistentVolumeClaim": {"claimName": "scans"}} in volumes


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"web": {"replicas": 0}}, "replicas"),
        ({"web": {"replicas": "two"}}, "replicas"),
        ({"web": {"replica": 2}}, "replica"),
        ({"image": {"tag": "latest"}}, "tag"),
        ({"secrets": {"application": ""}}, "application"),
        ({"secrets": {"owner": None}}, "owner"),
        ({"settings": {"baseDomain": "https://x"}}, "baseDomain"),
        ({"settings": {"clock": "2024-06-28"}}, "clock"),
        ({"settings": {"logLevel": "LOUD"}}, "logLevel"),
        ({"podSecurity": {"userId": 0}}, "userId"),
        ({"metrics": {"port": 8000}}, "port"),
        ({"sweep": {"everySeconds": 1}}, "everySeconds"),
        ({"ingress": {"enabled": True}}, "hosts"),
        ({"ingress": {"enabled": True, "hosts": ["a.vn"], "tlsSecret": ""}}, "tlsSecret"),
        ({"applyTenants": {"files": {"../etc": "x"}}}, r"\.\./etc"),
        ({"worker": {"resources": {"limits": {"memory": None}}}}, "memory"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_wrong_values_are_refused_by_name(render, values, named):
    with pytest.raises(render.refused, match=named):
        render(**values)
