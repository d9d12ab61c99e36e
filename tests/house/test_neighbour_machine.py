"""A machine that lives in three committees and tries every public service function with a neighbour's ids.

Random legitimate work fills a commune, its district and a stranger. Then one of them, with every permission there
is, calls each service function that takes an id, with ids of another. Each call must end as it does with an id that
nobody has: the same exception with the same words, or the same empty answer. No row of the neighbour may change.
Functions are found by their signatures, so a new one is tried without a word being written here.
"""

import importlib
import inspect
import itertools
import pkgutil
import random
import re
import sys
import types
import typing
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import tiepdan
from tests.support import PASSWORD
from tiepdan.api.keys import make_key
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, transaction
from tiepdan.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from tiepdan.core.scope import Scope, enter
from tiepdan.deadlines import service as deadlines
from tiepdan.directives import service as directives
from tiepdan.directives.rules import Side
from tiepdan.escalation import service as escalation
from tiepdan.formparts.rules import Answer, Part, schema_of
from tiepdan.handovers import service as handovers
from tiepdan.handovers.rules import Basis
from tiepdan.identity.accounts import create_account
from tiepdan.identity.memberships import confirm_membership, end_membership, grant_role, invite_member
from tiepdan.identity.permissions import ALL_PERMISSIONS, Role
from tiepdan.identity.vault import PersonDetails, seal_people, seal_texts, store_person, store_text
from tiepdan.petitions import service as petitions
from tiepdan.petitions.rules import Decision, Field, Mark, Outcome, conditions_for
from tiepdan.receptions import service as receptions
from tiepdan.receptions.rules import Duty, ReceptionForm, RefusalGround
from tiepdan.reports import service as reports
from tiepdan.sdk import Form, PetitionKind
from tiepdan.tenancy.service import TenantView, tenant_by_id

ON = date(2024, 6, 24)  # a Monday
LATER = date(2024, 8, 26)  # every clock of intake has run out
REASON = "Một lý do đủ dài để được chấp nhận"

# ---------------------------------------------------------------------------------------------------------------
# What may legitimately be seen by another committee; everything else is nobody's business.

# Rows between two committees: both sides know them by their id. (Nothing else in the row counts as known.)
KNOWN_TO_PEER = {
    "assignment": "given by one body, carried out by the other",
    "handover": "sent by one body, answered by the other",
    "escalation": "told by one body to its superior",
    "report_request": "asked by one body, answered by the other",
    "report_submission": "sent by one body, accepted by the other",
}
# Questions by which a superior opens what went up to it (shared_case); they are not asked with ids from below it.
OPEN_TO_SUPERIORS = {"sharing.below.open_summary"}

# Parameters whose id is kept as a word in a row of the caller's own, whatever it was. Such a call may succeed.
KEPT_AS_A_WORD = {
    "audit.service.record_event": {"subject_id"},  # the journal says on what
    "audit.service.record_event_now": {"subject_id"},
    "identity.vault.journal_read": {"subject_id"},  # the same
    "deadlines.service.start_clock": {"subject_id", "reference"},  # the step that starts it has checked its subject
    "deadlines.service.start_clocks": {"subject_id", "reference"},
    "sharing.service.publish_case": {"case_id"},  # called by the slice whose case it is
    "identity.memberships.grant_role": {"account_id"},  # accounts are the platform's: anybody may get a role here
    "petitions.service.register_petition": {"origin_visit_id"},  # receptions, the slice above, has looked it up
    "directives.service.issue_conclusion": {"reception_id"},  # the same
    "directives.service.issue_assignment": {"reception_id"},
    "notifications.service.ask_for_news": {"subject_id"},  # the case whose slice asks
    "notifications.service.tell_staff": {"subject_id"},
}
# Functions in which the id only says where to begin in the caller's own rows.
BEGINS_AT_THE_ID = {"audit.service.list_events": "before: a place in time"}
# Functions that take rows as a list returned them, and answer for each row by itself.
ANSWERS_ROW_BY_ROW = {"petitions.service.names_for": "the caller's own rows among them are answered"}
# Values that only a service makes, from rows it has read: no request carries them.
MADE_BY_SERVICES = (reports.ReportView, reports.Contents)
# Not for callers with an id of their own choice.
NOT_TRIED = {
    "audit.service.write_event": "writes on a connection that the caller brings; as record_event",
    "audit.service.record_platform_event": "the platform's journal, no tenant's",
    "audit.service.record_platform_event_now": "the platform's journal, no tenant's",
    "formparts.service.store_answers": "called by the slice that makes the record, with answers its form has checked",
}

# Service modules are found; these hold services under another name.
MORE_MODULES = ("tiepdan.identity.vault", "tiepdan.identity.memberships", "tiepdan.api.keys", "tiepdan.sharing.below")

# Words of parameters that do not name their table.
TABLE_OF_WORD = {
    "day": "reception_day", "notice": "conclusion_notice", "typed": "report_typed", "submission": "report_submission",
    "person": "vault.person", "text": "vault.text", "content": "vault.text", "key": "api_key", "case": "petition",
    "subject": "petition", "origin_visit": "visit", "handler": "account", "before": "event", "ids": "vault.person",
    "reference": "clock", "record": "petition", "rows": "petition", "due": "clock", "clock": "clock",
}  # fmt: skip

_LINE = {"type": "string", "x-label": {"vi": "Mục", "en": "Line"}}
PART = Part(
    "machine",
    schema_of(Form("part", 1, {"vi": "Phần", "en": "Part"}, {"type": "object", "properties": {"line": _LINE}})),
)  # of a plugin that answered once

REFUSED = (NotFound, Invalid, Conflict, Forbidden)


@dataclass(frozen=True)
class Function:
    """A public function that takes an id."""

    name: str
    call: Callable[..., object]
    hints: dict[str, object]
    slots: int = 0


def discover() -> list[Function]:
    """Find the public functions of every service module that take an id, in whatever shape."""
    names = [
        f"tiepdan.{found.name}.service"
        for found in pkgutil.iter_modules(tiepdan.__path__)
        if found.ispkg and importlib.util.find_spec(f"tiepdan.{found.name}.service")
    ]
    functions = []
    for module_name in (*names, *MORE_MODULES):
        module = importlib.import_module(module_name)
        public = getattr(module, "__all__", None) or [
            name
            for name, value in vars(module).items()
            if not name.startswith("_") and getattr(value, "__module__", "") == module_name
        ]
        for name in public:
            value = getattr(module, name)
            if not inspect.isfunction(inspect.unwrap(value)):
                continue
            home = sys.modules[inspect.unwrap(value).__module__]
            hints = typing.get_type_hints(inspect.unwrap(value), vars(home))
            hints.pop("return", None)
            full = f"{module_name.removeprefix('tiepdan.')}.{name}"
            if any(takes_id(hint) for hint in hints.values()) and full not in NOT_TRIED:
                function = Function(full, value, hints)
                counter = Builder(lambda _name, _place: uuid4(), Actor.system(), 0)
                counter.arguments(function)
                functions.append(replace(function, slots=counter.slots))
    return functions


def takes_id(hint: object, seen: frozenset[object] = frozenset()) -> bool:
    """Say whether a value of a type carries an id."""
    hint = plain(hint)
    if hint is UUID:
        return True
    if typing.get_origin(hint) in (Callable, type) or hint in (Actor, TenantView, *MADE_BY_SERVICES) or hint in seen:
        return False
    if typing.get_args(hint):
        return any(takes_id(inner, seen) for inner in typing.get_args(hint))
    if isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields")):
        inner_hints = typing.get_type_hints(hint, vars(sys.modules[hint.__module__]))
        return any(takes_id(inner, seen | {hint}) for inner in inner_hints.values())
    return False


def plain(hint: object) -> object:
    """Take a type alias and "or None" off a type."""
    if isinstance(hint, typing.TypeAliasType):
        return plain(hint.__value__)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [each for each in typing.get_args(hint) if each is not type(None)]
        return plain(inner[0])
    return hint


class Builder:
    """Makes the arguments of one call: ids from a chooser, everything else plausible by its type."""

    def __init__(self, choose: Callable[[str, int], UUID], actor: Actor, victim_id: int) -> None:
        self.choose = choose
        self.actor = actor
        self.victim_id = victim_id
        self.slots = 0

    def arguments(self, function: Function) -> tuple[list[object], dict[str, object]]:
        positional, named = [], {}
        for name, parameter in inspect.signature(function.call).parameters.items():
            hint = function.hints.get(name, str)
            if parameter.default is not parameter.empty and not takes_id(hint) and name != "reason":
                continue
            value = self.make(hint, name)
            if parameter.kind is parameter.KEYWORD_ONLY:
                named[name] = value
            else:
                positional.append(value)
        return positional, named

    def make(self, hint: object, name: str) -> object:
        hint = plain(hint)
        if hint is UUID:
            self.slots += 1
            return self.choose(name, self.slots - 1)
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin is not None and isinstance(origin, type) and issubclass(origin, Iterable):
            if origin is tuple and inner[-1:] != (Ellipsis,):
                return tuple(self.make(each, name) for each in inner)
            if issubclass(origin, dict):
                return {}
            made = self.make(inner[0], name)
            return {made} if issubclass(origin, (set, frozenset)) else [made]
        if hint is Actor:
            return self.actor
        if hint is TenantView:
            return tenant_by_id(self.victim_id) if self.victim_id else None
        if isinstance(hint, type):
            if issubclass(hint, Enum):
                return next(iter(hint))
            if is_dataclass(hint):
                return self.make_dataclass(hint)
            if hasattr(hint, "_fields"):
                own = typing.get_type_hints(hint, vars(sys.modules[hint.__module__]))
                return hint(**{each: self.make(own[each], each) for each in hint._fields})
        return self.make_plain(hint, name)

    def make_dataclass(self, hint: type) -> object:
        own = typing.get_type_hints(hint, vars(sys.modules[hint.__module__]))
        values = {}
        for each in fields(hint):
            has_default = each.default is not MISSING or each.default_factory is not MISSING
            if each.init and (not has_default or takes_id(own[each.name]) or each.name == "content"):
                values[each.name] = self.make(own[each.name], each.name if each.name != "id" else hint.__name__)
        return hint(**values)

    def make_plain(self, hint: object, name: str) -> object:
        known = {date: ON, datetime: datetime.now(UTC), int: 1, bool: False, bytes: b"x", float: 1.0, object: "x"}
        if hint in known:
            return self.victim_id if hint is int and name in {"sender_id", "tenant_id", "receiver_id"} else known[hint]
        if hint is str or hint is typing.Any:
            return {"subject_type": "petition", "rule_id": "PTY-06", "code": "LS-AAAAAAAAA"}.get(name, REASON)
        raise AssertionError(f"the machine cannot make a {hint} for {name!r}: teach Builder.make")


FUNCTIONS = discover()


def is_empty(answer: object) -> bool:
    """Say whether an answer tells nothing."""
    if isinstance(answer, dict):
        return all(is_empty(value) for value in answer.values())
    if isinstance(answer, (list, tuple, set, frozenset)):
        return all(is_empty(value) for value in answer)
    if is_dataclass(answer):
        return all(is_empty(getattr(answer, each.name)) for each in fields(answer))
    return answer is None or answer is False or answer == 0 or answer == "" or answer == b""


_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


COMMUNE, DISTRICT, STRANGER = range(3)
LIVES = settings(
    max_examples=3,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # the message names the function; looking for a shorter life takes minutes
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def _name_pair(pair: tuple[int, int]) -> str:
    return "-at-".join(("commune", "district", "stranger")[place] for place in pair)


class World:
    """What the run shares: the application, a superuser's eyes, and what was tried so far."""

    def __init__(
        self, app: Flask, superuser: psycopg.Connection, make_tenant: Callable[..., object], pair: tuple[int, int]
    ) -> None:
        self.app, self.superuser, self.make_tenant, self.pair = app, superuser, make_tenant, pair
        self.tried: set[str] = set()
        self.tables = superuser.execute(
            """SELECT c.table_schema, c.table_name, array_agg(c.column_name::text), array_agg(c.udt_name::text)
                 FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE t.table_type = 'BASE TABLE' AND c.table_schema IN ('public', 'vault')
                GROUP BY 1, 2 HAVING bool_or(c.column_name = 'tenant_id') ORDER BY 1, 2"""
        ).fetchall()
        self.checksum_query = " UNION ALL ".join(
            f"SELECT '{schema}.{table}', count(*), md5(coalesce(string_agg(md5(x::text), '' ORDER BY md5(x::text)), ''))"
            f" FROM {schema}.{table} x WHERE tenant_id = %(tenant)s"
            for schema, table, _columns, _types in self.tables
        )
        # (table, its column of ids) of every id there is; peers know the rows between them by their own id only
        pieces = []
        for schema, table, columns, column_types in self.tables:
            name = table if schema == "public" else f"{schema}.{table}"
            for column, kind in zip(columns, column_types, strict=True):
                if kind == "uuid" and name != "form_token":
                    label = name if column == "id" else column
                    pieces.append(f"SELECT '{label}', {column} FROM {schema}.{table} WHERE tenant_id = %(tenant)s")
        self.ids_query = " UNION ".join(f"{piece}" for piece in pieces)
        self.known_query = " UNION ".join(
            f"SELECT id FROM {table} WHERE peer_tenant_id = %(tenant)s" for table in KNOWN_TO_PEER
        )

    def checksum(self, tenant_id: int) -> dict[str, tuple[int, str]]:
        """Count and hash a tenant's rows, table by table."""
        rows = self.superuser.execute(self.checksum_query, {"tenant": tenant_id}).fetchall()
        return {table: (count, digest) for table, count, digest in rows}

    def ids_of(self, tenant_id: int) -> dict[str, list[UUID]]:
        """Return every id in a tenant's rows, by table (or by column, for ids of other things)."""
        found = defaultdict(list)
        for label, row_id in self.superuser.execute(self.ids_query, {"tenant": tenant_id}):
            if row_id is not None:
                found[label].append(row_id)
        found["account"] = [
            row[0]
            for row in self.superuser.execute("SELECT account_id FROM membership WHERE tenant_id = %s", [tenant_id])
        ]
        return {label: sorted(ids) for label, ids in found.items()}

    def foreign_ids(self, attacker_id: int, victim_id: int) -> dict[str, list[UUID]]:
        """Return the victim's ids that the attacker has no business knowing."""
        own = {row_id for ids in self.ids_of(attacker_id).values() for row_id in ids}
        known = {row[0] for row in self.superuser.execute(self.known_query, {"tenant": attacker_id})}
        pool = {
            label: [row_id for row_id in ids if row_id not in own and row_id not in known]
            for label, ids in self.ids_of(victim_id).items()
        }
        return {label: ids for label, ids in pool.items() if ids}


class Neighbours(RuleBasedStateMachine):
    """Three committees at work, and one of them at another's door."""

    world: World
    numbers = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        district = self.world.make_tenant("district")
        commune = self.world.make_tenant("commune", district)
        self.tenants = [commune, district, self.world.make_tenant("commune")]
        self.accounts = {}
        self.alive = False
        self.random = random.Random(0)
        with self.world.app.app_context():
            for tenant in self.tenants:
                with enter(tenant.scope), transaction():
                    account = create_account(
                        f"machine{next(self.numbers)}-{tenant.id}@test", "Người máy", password=PASSWORD
                    )
                    grant_role(account.id, Role.PETITION_OFFICER, actor=Actor.system(), confirmed=True)
                    grant_role(account.id, Role.HANDLER, actor=Actor.system(), confirmed=True)
                    self.accounts[tenant.id] = account.id
                db.session.remove()

    # -- help ---------------------------------------------------------------------------------------------------

    @contextmanager
    def at(self, tenant):
        """Work in a tenant with every permission, as a member of it, in a session of its own."""
        account = self.accounts[tenant.id]
        scope = Scope(tenant.id, tenant.slug, tenant.path, account)
        with self.world.app.app_context(), enter(scope):
            try:
                with transaction():
                    yield Actor(account, "Người máy", frozenset(Role), ALL_PERMISSIONS, tenant.id)
            finally:
                db.session.remove()

    @contextmanager
    def work(self, tenant):
        """As `at`; what the rules of the house do not allow now is simply not done."""
        with suppress(*REFUSED), self.at(tenant) as actor:
            yield actor

    def mark(self, tenant) -> str:
        """Words that only this tenant's people have written."""
        return f"DẤU-{tenant.slug}"

    def one(self, tenant, table: str) -> UUID:
        """Choose a row of a tenant."""
        ids = self.world.ids_of(tenant.id).get(table)
        return self.random.choice(ids) if ids else uuid4()

    def details(self, tenant) -> PersonDetails:
        return PersonDetails(
            f"Hoàng Thị {self.mark(tenant)}", address="Thôn 1", id_number=f"0{self.random.randrange(10**11)}"
        )

    # -- legitimate work ----------------------------------------------------------------------------------------

    @initialize(seed=st.integers(0, 10**6))
    def begin(self, seed):
        self.random = random.Random(seed)
        for tenant in self.tenants:
            self.register(tenant, PetitionKind.COMPLAINT)
            self.receive(tenant)
            self.give_work(tenant, tenant)
            self.report(tenant)
            self.manage(tenant)
            self.submit(tenant)
        self.classify_and_send(self.tenants[0], self.tenants[1])
        self.be_late(self.tenants[0])
        self.alive = True

    def register(self, tenant, kind):
        with self.work(tenant) as actor:
            new = petitions.NewPetition(
                content=f"Đơn {self.mark(tenant)}", people=[self.details(tenant)], received_on=ON, field=Field.LAND,
                answers=[Answer(PART, {"line": self.mark(tenant)})],
            )  # fmt: skip
            made = petitions.register_petition(new, actor=actor, on=ON)
            self.classify(made.id, kind, actor, within=True)

    def classify(self, petition_id, kind, actor, *, within):
        met = frozenset(condition.word for condition in conditions_for(kind, anonymous=False))
        found = petitions.Classification(kind, Field.LAND, within_competence=within, met=met, reason=REASON)
        petitions.classify_petition(petition_id, found, actor=actor, on=ON)

    @rule(where=st.integers(0, 2), kind=st.sampled_from(PetitionKind))
    def registers_a_petition(self, where, kind):
        self.register(self.tenants[where], kind)

    @rule(where=st.integers(0, 2), decision=st.sampled_from(Decision))
    def decides(self, where, decision):
        tenant = self.tenants[where]
        with self.work(tenant) as actor:
            made = petitions.MadeDecision(decision, REASON, "1/QĐ", "Cơ quan khác", notified_on=ON)
            petitions.decide_petition(self.one(tenant, "petition"), made, actor=actor, on=ON)

    @rule(where=st.integers(0, 2), outcome=st.sampled_from(Outcome))
    def settles(self, where, outcome):
        tenant = self.tenants[where]
        petition_id = self.one(tenant, "petition")
        with self.work(tenant) as actor:
            petitions.assign_petition(petition_id, actor.account_id, actor=actor, on=ON, brief=self.mark(tenant))
        with self.work(tenant) as actor:
            petitions.record_result(petition_id, outcome, self.mark(tenant), document_number="2/KQ", actor=actor, on=ON)
            petitions.close_petition(petition_id, told_on=ON, actor=actor, on=ON)

    @rule(where=st.integers(0, 2), mark=st.sampled_from(Mark))
    def gathers_matters(self, where, mark):
        tenant = self.tenants[where]
        with self.work(tenant) as actor:
            matter = petitions.open_matter(Field.LAND, actor=actor, on=ON)
            petitions.link_petition(self.one(tenant, "petition"), matter.id, actor=actor, on=ON)
            petitions.mark_matter(
                matter.id, mark, holds=True, reason=f"{REASON} {self.mark(tenant)}", actor=actor, on=ON
            )

    def receive(self, tenant):
        """Schedule, post and open a reception; one visitor becomes a petition, one is refused, one remains."""
        with self.work(tenant) as actor:
            day = ON + timedelta(days=self.random.randrange(40))
            new = receptions.NewReception(
                Duty.PARTY, ReceptionForm.EXTRAORDINARY, [day], place=self.mark(tenant), chair_name="Bí thư"
            )
            reception_id = receptions.schedule_reception(new, actor=actor, on=ON)
            receptions.post_reception(reception_id, actor=actor, on=ON, late_reason=REASON)
            day_id = receptions.reception_by_id(reception_id).days[0].id
            receptions.open_day(day_id, actor=actor, on=day)
            visits = [
                receptions.register_visit(
                    day_id,
                    receptions.NewVisit([receptions.Visitor(self.details(tenant))], f"Trình bày {self.mark(tenant)}"),
                    actor=actor,
                    on=day,
                )
                for _ in range(3)
            ]
            receptions.take_petition(visits[0].id, kind=None, field=Field.LAND, actor=actor, on=day)
            receptions.mark_received(visits[1].id, actor=actor, on=day)
            receptions.record_remarks(
                visits[1].id, receptions.RegisterRemarks(note=self.mark(tenant)), actor=actor, on=day
            )
            receptions.write_minutes(
                reception_id, receptions.NewMinutes(self.mark(tenant), "Chủ trì", "Thư ký"), actor=actor, on=day
            )

    @rule(where=st.integers(0, 2))
    def receives_citizens(self, where):
        self.receive(self.tenants[where])

    @rule(where=st.integers(0, 2), kind=st.sampled_from(PetitionKind))
    def works_at_the_desk(self, where, kind):
        tenant = self.tenants[where]
        visit_id = self.one(tenant, "visit")
        with self.work(tenant) as actor:
            receptions.set_kind(visit_id, kind, actor=actor, on=ON)
            receptions.refuse_visit(
                visit_id, next(iter(RefusalGround)), f"{REASON} {self.mark(tenant)}", actor=actor, on=ON
            )

    @rule(where=st.integers(0, 2))
    def concludes(self, where):
        tenant = self.tenants[where]
        with self.work(tenant) as actor:
            reception_id = self.one(tenant, "reception")
            day = receptions.reception_by_id(reception_id).days[0]
            for visit in receptions.queue_of(day.id):
                with suppress(DomainError):
                    receptions.mark_received(visit.id, actor=actor, on=day.day_on)
            receptions.close_day(day.id, actor=actor, on=day.day_on)
            work = directives.NewAssignment(tenant.id, self.mark(tenant), self.mark(tenant), day.day_on)
            new = directives.NewConclusion(
                f"{next(self.numbers)}-TB", day.day_on, "Người ký", self.mark(tenant),
                reception_id=reception_id, assignments=[work],
            )  # fmt: skip
            receptions.conclude_reception(new, actor=actor, on=day.day_on)

    def give_work(self, sender, receiver):
        with self.work(sender) as actor:
            new = directives.NewAssignment(receiver.id, self.mark(sender), self.mark(sender), ON, tell_citizen=False)
            directives.issue_conclusion(
                directives.NewConclusion(
                    f"{next(self.numbers)}-TB", ON, "Người ký", self.mark(sender), assignments=[new]
                ),
                actor=actor,
                on=ON,
            )

    @rule(where=st.integers(0, 2))
    def gives_work_below(self, where):
        self.give_work(self.tenants[1], self.tenants[where])

    @rule(where=st.integers(0, 2), act=st.integers(0, 3))
    def answers_work(self, where, act):
        tenant = self.tenants[where]
        with self.work(tenant) as actor:
            for assignment in directives.list_assignments(Side.RECEIVER, actor=actor, on=ON).items[:1]:
                directives.acknowledge_assignment(assignment.id, actor=actor, on=ON)
                if act == 0:
                    directives.refuse_assignment(assignment.id, f"{REASON} {self.mark(tenant)}", actor=actor, on=ON)
                elif act == 1:
                    directives.report_progress(assignment.id, self.mark(tenant), 50, actor=actor, on=ON)
                else:
                    directives.report_done(assignment.id, self.mark(tenant), actor=actor, on=ON)

    def classify_and_send(self, sender, receiver):
        with self.work(sender) as actor:
            new = petitions.NewPetition(
                content=f"Chuyển {self.mark(sender)}", people=[self.details(sender)], received_on=ON
            )
            made = petitions.register_petition(new, actor=actor, on=ON)
            self.classify(made.id, PetitionKind.PROPOSAL, actor, within=False)
            handovers.send_handover(
                handovers.NewHandover(made.id, receiver.id, Basis.DIRECTED, "3/CV", REASON), actor=actor, on=ON
            )

    @rule(pair=st.permutations([0, 1, 2]))
    def hands_over(self, pair):
        self.classify_and_send(self.tenants[pair[0]], self.tenants[pair[1]])

    @rule(where=st.integers(0, 2), act=st.integers(0, 2))
    def answers_a_handover(self, where, act):
        tenant = self.tenants[where]
        with self.work(tenant) as actor:
            for handover in handovers.list_handovers(outgoing=False, actor=actor, waiting=True).items[:1]:
                key = (handover.sender_id, handover.id)
                if act == 0:
                    handovers.receive_handover(*key, actor=actor, on=ON)
                elif act == 1:
                    handovers.accept_handover(*key, actor=actor, on=ON)
                else:
                    handovers.refuse_handover(*key, reason=f"{REASON} {self.mark(tenant)}", actor=actor, on=ON)

    @rule(where=st.integers(0, 2), act=st.integers(0, 2))
    def decides_on_clocks(self, where, act):
        tenant = self.tenants[where]
        clock_id = self.one(tenant, "clock")
        with self.work(tenant) as actor:
            if act == 0:
                deadlines.pause_clock(clock_id, on=ON, legal_basis="Điều 1", decision=self.mark(tenant), actor=actor)
            elif act == 1:
                deadlines.resume_clock(clock_id, on=ON, actor=actor)
            else:
                deadlines.extend_clock(clock_id, 5, decision=self.mark(tenant), on=ON, actor=actor)

    @rule(where=st.integers(0, 1))
    def is_late(self, where):
        self.be_late(self.tenants[where])

    def be_late(self, tenant):
        with self.work(tenant) as actor:
            escalation.check_due_clocks(datetime(LATER.year, LATER.month, LATER.day, tzinfo=UTC), actor=actor)

    def report(self, tenant):
        with self.work(tenant) as actor:
            view = reports.open_report("qd11", reports.read_period("2024-H1"), actor=actor, on=ON)
            tier = view.definition.indicators[0].tiers[0]
            reports.type_figure(
                view.id, body_name=self.mark(tenant), tier=tier.value, indicator=view.definition.indicators[0].code,
                value=3, note=self.mark(tenant), actor=actor,
            )  # fmt: skip

    @rule(where=st.integers(0, 2))
    def submits_a_report(self, where):
        self.submit(self.tenants[where])

    def submit(self, tenant):
        with self.work(tenant) as actor:
            view = reports.open_report("qd11", reports.read_period("2024-H1"), actor=actor, on=ON)
            reports.freeze_report(view.id, actor=actor, on=LATER)
            reports.submit_report(view.id, actor=actor, on=LATER)

    def manage(self, tenant):
        with self.work(tenant) as actor:
            login = f"invited{next(self.numbers)}-{tenant.id}@test"
            invite_member(login, self.mark(tenant), [Role.VIEWER], actor=actor)
            make_key(self.mark(tenant), expires_on=None, actor=actor, on=ON)

    @rule(where=st.integers(0, 2), end=st.booleans())
    def manages_people(self, where, end):
        tenant = self.tenants[where]
        self.manage(tenant)
        with self.work(tenant) as actor:
            (end_membership if end else confirm_membership)(self.one(tenant, "membership"), actor=actor)

    @rule(where=st.integers(0, 2))
    def puts_into_the_vault(self, where):
        tenant = self.tenants[where]
        with self.work(tenant):
            seal_people([store_person(self.details(tenant))])
            seal_texts([store_text(self.mark(tenant))])
            store_person(self.details(tenant))

    # -- the neighbour's door -----------------------------------------------------------------------------------

    @rule(pair=st.permutations([0, 1, 2]), seed=st.integers(0, 10**6), share=st.just(8))
    def tries_some_doors(self, pair, seed, share):
        chooser = random.Random(seed)
        self.attack(self.tenants[pair[0]], self.tenants[pair[1]], chooser.sample(FUNCTIONS, share))

    def teardown(self):
        """At the end of every life each door is tried."""
        if self.alive:
            attacker, victim = (self.tenants[place] for place in self.world.pair)
            self.attack(attacker, victim, FUNCTIONS)

    def attack(self, attacker, victim, functions: Sequence[Function]) -> None:
        """Call functions at `attacker` with ids of `victim`."""
        pool = self.world.foreign_ids(attacker.id, victim.id)
        own = self.world.ids_of(attacker.id)
        before = self.world.checksum(victim.id)
        returned = []
        # what may write goes last: its rows carry the neighbour's ids from then on
        for function in sorted(functions, key=lambda each: each.name in KEPT_AS_A_WORD):
            superior = victim.path.startswith(f"{attacker.path}.")
            if superior and function.name in OPEN_TO_SUPERIORS:
                continue
            returned += self.try_function(function, attacker, victim, pool, own)
        after = self.world.checksum(victim.id)
        changed = {table for table in before if before[table] != after[table]}
        assert not changed, f"rows of the neighbour changed in {changed}; these calls returned: {returned}"

    def try_function(self, function, attacker, victim, pool, own) -> list[str]:
        """Try a function with the neighbour's id in every place, then in each place alone; return what returned."""
        places = range(function.slots)
        variants = [set(places)] + ([{place} for place in places] if function.slots > 1 else [])
        returned = []
        for foreign in variants:
            chosen: dict[int, tuple[str, bool]] = {}

            def theirs(name, place, foreign=foreign, chosen=chosen):
                return self.choose(pool, name, place, chosen) if place in foreign else self.choose(own, name, place, {})

            def nobodys(name, place, foreign=foreign):
                return uuid4() if place in foreign else self.choose(own, name, place, {})

            state = self.random.getstate()
            said = self.call(function, attacker, victim, theirs)
            self.random.setstate(state)
            expected = self.call(function, attacker, victim, nobodys, keep=False)
            names = {name for name, _fits in chosen.values()}
            self.judge(function, victim, said, expected, names, mixed=len(foreign) < function.slots)
            if not isinstance(said, Exception):
                returned.append(function.name)
            if all(fits for _name, fits in chosen.values()):
                self.world.tried.add(function.name)
        return returned

    def choose(self, ids: dict[str, list[UUID]], name: str, place: int, chosen: dict[int, tuple[str, bool]]) -> UUID:
        """Choose an id of the kind a parameter's name asks for; any id where there is none of that kind."""
        word = re.sub(r"(_ids?|_by_id)$", "", name.removeprefix("seen_"))
        table = TABLE_OF_WORD.get(word, word)
        fitting = ids.get(table, [])
        chosen[place] = (name, bool(fitting))
        return self.random.choice(fitting or [row_id for each in ids.values() for row_id in each])

    def call(self, function, attacker, victim, choose, *, keep=True) -> object:
        """Call a function; return its answer, or the exception it raised."""
        try:
            with self.at(attacker) as actor:
                positional, named = Builder(choose, actor, victim.id).arguments(function)
                answer = function.call(*positional, **named)
                if inspect.isgenerator(answer):
                    answer = list(answer)
                db.session.flush()
                if not keep:
                    raise _Undo(answer)
                return answer
        except _Undo as undone:
            return undone.answer
        except Exception as error:  # noqa: BLE001 - judged below
            return error

    def judge(self, function, victim, said, expected, names, *, mixed) -> None:
        where = f"{function.name} with the neighbour's id as {sorted(names)}"
        assert self.mark(victim) not in repr(said), f"{where} told the neighbour's words: {said!r}"
        if isinstance(said, Exception):
            assert isinstance(said, REFUSED), f"{where} raised {said!r}"
            same = type(said) is type(expected) and _IDS.sub("*", str(said)) == _IDS.sub("*", str(expected))
            assert same, f"{where} raised {said!r}, but for an id that nobody has {expected!r}"
        elif function.name in BEGINS_AT_THE_ID:
            assert victim.id not in {row.tenant_id for row in said}, f"{where} answered with the neighbour's rows"
        elif not names <= KEPT_AS_A_WORD.get(function.name, set()) and not (
            mixed and function.name in ANSWERS_ROW_BY_ROW
        ):
            assert is_empty(said), f"{where} answered {said!r}"
            assert is_empty(expected), f"{where} answered {said!r}, but for an id that nobody has {expected!r}"


class _Undo(Exception):
    """Takes an answer out of a transaction that is rolled back."""

    def __init__(self, answer: object) -> None:
        super().__init__()
        self.answer = answer


@pytest.mark.parametrize("pair", list(itertools.permutations([COMMUNE, DISTRICT, STRANGER], 2)), ids=_name_pair)
def test_no_service_function_reaches_a_neighbour(app, superuser, make_tenant, pair):
    world = World(app, superuser, make_tenant, pair)
    run_state_machine_as_test(type("Machine", (Neighbours,), {"world": world}), settings=LIVES)
    if pair == (STRANGER, COMMUNE):  # who shares nothing: there each function met an id of the kind it asks for
        never = {function.name for function in FUNCTIONS} - world.tried
        assert not never, f"never tried with a fitting id of the neighbour: {sorted(never)}"


@pytest.mark.parametrize(
    "table", [KEPT_AS_A_WORD, BEGINS_AT_THE_ID, ANSWERS_ROW_BY_ROW, NOT_TRIED, dict.fromkeys(OPEN_TO_SUPERIORS)]
)
def test_the_exceptions_still_exist(table: Collection[str]):
    for name in table:
        module, _dot, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(f"tiepdan.{module}"), function)), name
