"""Form tokens are forgotten after two days, each tenant's by its own job."""

from tiepdan.core.db import new_id
from tiepdan.escalation.jobs import check_clocks
from tiepdan.worker import run_in_context


def test_a_tenants_old_tokens_go_and_nobody_elses(app, two_tenants, superuser):
    def make(tenant, age):
        token = new_id()
        superuser.execute(
            "INSERT INTO form_token (tenant_id, id, location, made_at) VALUES (%s, %s, '/', now() - %s::interval)",
            [tenant.id, token, age],
        )
        return token

    own, other = two_tenants
    old, fresh, foreign = make(own, "3 days"), make(own, "1 day"), make(other, "3 days")
    with app.app_context():
        run_in_context(check_clocks.name, own.id, [])
    left = superuser.execute("SELECT id FROM form_token WHERE tenant_id IN (%s, %s)", [own.id, other.id]).fetchall()
    assert {row[0] for row in left} == {fresh, foreign}
    assert old not in left
