"""GET /api/v1/petitions: pages, filters, no names, and no neighbour."""

import jsonschema
import pytest

from tiepdan.sdk import PetitionKind


def test_a_key_lists_the_tenants_petitions_without_names(read, new_key, register, make_tenant):
    tenant = make_tenant()
    made = register(tenant)
    answer = read(tenant, new_key(tenant).secret)
    assert answer.status_code == 200
    [item] = answer.json["items"]
    assert (item["id"], item["code"], item["due_on"]) == (str(made.id), made.code, "2024-07-04")
    assert "Nguyễn" not in answer.text
    assert "Nội dung mẫu" not in answer.text


def test_pages_follow_the_cursor(read, new_key, register, make_tenant):
    tenant = make_tenant()
    made = {str(register(tenant).id) for _ in range(5)}
    key, cursor, seen = new_key(tenant).secret, "", []
    while cursor is not None:
        page = read(tenant, key, f"/petitions?limit=2&cursor={cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == 5
    assert set(seen) == made


def test_filters(read, new_key, register, make_tenant):
    tenant = make_tenant()
    register(tenant)
    sealed = register(tenant, kind=PetitionKind.DENUNCIATION)
    items = read(tenant, new_key(tenant).secret, "/petitions?kind=denunciation&open=true").json["items"]
    assert [(item["id"], item["sealed"]) for item in items] == [(str(sealed.id), True)]


@pytest.mark.parametrize("query", ["status=nope", "kind=x", "limit=0", "limit=999", "received_from=x", "cursor=zz"])
def test_a_wrong_parameter_is_a_problem(read, new_key, make_tenant, query):
    tenant = make_tenant()
    answer = read(tenant, new_key(tenant).secret, f"/petitions?{query}")
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_without_a_key_or_with_a_neighbours_nobody_reads(read, new_key, register, two_tenants, make_account, sign_in):
    own, other = two_tenants
    register(own)
    assert read(own, None).status_code == 401
    assert read(own, "tdk_wrong").status_code == 401
    assert read(own, new_key(other).secret).status_code == 401
    browser = sign_in(make_account(own, "petition_officer"))
    assert browser.get(own.url("/api/v1/petitions")).status_code == 401  # a browser's session does not count here
    assert read(other, new_key(other).secret).json["items"] == []


def test_the_answer_keeps_the_promise_of_the_openapi_document(read, new_key, register, make_tenant):
    tenant = make_tenant()
    register(tenant)
    document = read(tenant, None, "/openapi.json").json
    assert document["openapi"].startswith("3.1")
    schemas = document["components"]["schemas"]
    page = schemas["PetitionPage"] | {"$defs": schemas}
    page["properties"]["items"]["items"] = {"$ref": "#/$defs/Petition"}
    jsonschema.validate(read(tenant, new_key(tenant).secret).json, page)
