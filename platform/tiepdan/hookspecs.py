"""Every hook, one docstring each; nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tiepdan.sdk import (
    Card,
    Channel,
    Command,
    DeadlineRule,
    Delivery,
    DocumentTemplate,
    EscalationStep,
    Event,
    Form,
    Handling,
    Hint,
    Message,
    Notice,
    Objection,
    Overdue,
    Page,
    Record,
    Records,
    Register,
    ReplyRule,
    ReportDefinition,
    ShareRule,
    Tenant,
    hookspec,
)

if TYPE_CHECKING:
    from psycopg import Connection


@hookspec
def petition_closed(petition_id: UUID, outcome: str, on: date) -> None:
    """Do, in the same step, what follows from a petition being closed.

    Kind: join. An exception rolls the closing back.
    Asked: once per petition, inside the transaction that closes it.

    petition_id: the petition; outcome: a word of petitions.rules.Outcome.
    on: day of closing, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def petition_taken_back(petition_id: UUID, on: date) -> None:
    """Undo, in the same step, the sending of a petition that its sender goes on with itself.

    Kind: join. An exception (such as Conflict: the receiver has taken it on) rolls the taking back back.
    Asked: once per petition, inside the transaction that takes it back.

    petition_id: the petition that comes back.
    on: day of the step, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def petition_sealed(petition_id: UUID, visit_id: UUID | None, on: date) -> None:
    """Seal, in the same step, what another slice keeps of a petition that turned out to be a denunciation.

    Kind: join. An exception rolls the classification back.
    Asked: once per petition, inside the transaction that seals it. Vault rows the petition itself points to are
    already sealed; copies of the same people and contents elsewhere are not.

    petition_id: the petition; visit_id: the visit at which it was taken; None for one that came another way.
    on: day of the step, in Asia/Ho_Chi_Minh.
    """
    raise NotImplementedError


@hookspec
def plugin_data_purging(plugin: str, actor: object) -> None:
    """Delete for good, in the same step, what this committee kept by a plugin that is switched off.

    Kind: join. An exception rolls the purge back.
    Asked: once per purge, after it was confirmed, inside the transaction that journals it.

    plugin: its name; one that was uploaded carries the committee that uploaded it, such as "my-book.t17".
    actor: who confirmed it, a core.actor.Actor with the right to manage plugins.
    """
    raise NotImplementedError


@hookspec
def tenant_paths_changed(connection: "Connection[Any]", paths: Mapping[int, str]) -> None:
    """Rewrite, in the same step, what carries a tenant's path, for tenants that were given other superiors.

    Kind: join. An exception rolls the whole province back.
    Asked: once per province, inside provisioning's transaction, after the paths are written; with or without an
    application, so a slice joins when it is imported. No scope is entered and no session is at hand.

    connection: provisioning's own; leave it in the role it came in.
    paths: new path by tenant id, of the moved tenants and everybody below them.
    """
    raise NotImplementedError


@hookspec
def clocks_moving(subject_type: str, subject_ids: frozenset[UUID]) -> None:
    """Lock the records whose clocks are about to be locked: a record comes before its clocks, for everybody.

    Kind: join. An exception rolls the step back.
    Asked: once per batch and kind of record, before a clock of theirs is locked and before any is changed.

    subject_type: as it was given when the clock was started; subject_ids: records of that kind.
    """
    raise NotImplementedError


@hookspec
def clocks_moved(subject_type: str, subject_ids: frozenset[UUID]) -> None:
    """Take over, in the same step, the due dates that a change of the calendar moved.

    Kind: join. An exception rolls the batch back; it is counted again at the next run.
    Asked: once per batch and kind of record, after the clocks were counted. Ask `nearest_dues` for the new dates.

    subject_type: as it was given when the clock was started ("petition", "directive" …).
    subject_ids: records of that kind of which at least one open clock moved.
    """
    raise NotImplementedError


@hookspec
def deadline_rules(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order limits stricter than the law's, and warnings more than the platform's, for a committee.

    Kind: decide. If a plugin fails, the law's own date stands and the fault is reported.
    Asked: once when the clocks of a case start, and when the kind of a petition is found; never per clock or row.

    tenant: the committee whose duty runs; settings: in force there.
    on: day of the counting event, in Asia/Ho_Chi_Minh.
    Returns the rules; an empty list means "the law is enough". Of a longest time the earliest date of all wins, of a
    shortest time the latest (no clock of the platform runs on one today); a looser rule is refused.

    Example:
        return [DeadlineRule("complaint.acceptance", 5, DayUnit.WORKING, source="Chỉ thị 12-CT/TU, điểm 3")]
    """
    raise NotImplementedError


@hookspec
def home_cards(tenant: Tenant, on: date, records: Records, settings: Mapping[str, object]) -> Sequence[Card]:
    """Put cards on a committee's first page.

    Kind: contribute. A plugin that fails is left out, and the page says so.
    Asked: once per load of the first page, for those who may see petitions.

    tenant: the committee; settings: in force there.
    on: the business day, in Asia/Ho_Chi_Minh; records: of this committee, for counting.
    Returns the cards, the most urgent first; an empty list means "nothing to say today".

    Example:
        return [Card("review", {"vi": "Sơ kết", "en": "Review"}, {"vi": "Đến hạn sơ kết.", "en": "A review is due."})]
    """
    raise NotImplementedError


@hookspec
def form_parts(tenant: Tenant, record: Record, on: date, settings: Mapping[str, object]) -> Sequence[Form]:
    """Add fields to a form of the platform; the platform shows, checks, keeps and seals the answers.

    Kind: contribute. A plugin that fails is left out, and the page says so; the record is kept all the same.
    Asked: once per form page and once per submission; never per row.

    tenant: the committee; settings: in force there.
    record: what is being written down. A petition is asked about when it is registered, also from a visit; one that
        came as a file or from another committee is not. A task that stands in a conclusion notice is not either.
    on: the business day, in Asia/Ho_Chi_Minh.
    Returns the parts in the order to show them; an empty list means "nothing to ask".

    Example:
        return [Form("area", 1, {"vi": "Địa bàn", "en": "Area"}, SCHEMA)] if record is Record.PETITION else []
    """
    raise NotImplementedError


@hookspec
def event_happened(event: Event, settings: Mapping[str, object]) -> Sequence[Notice]:
    """Hear of what happened in a committee, and say on its first page what follows from it.

    Kind: observe. What happened stands whatever the plugin does. If it fails or is slow it is told again, with
    growing distance, eight times in about three days; then the plugin's page names the event as not delivered.
    Asked: once per event after its transaction is committed, in a job of its own; perhaps again with the same key,
    and in another order than things happened. What it does in the database is undone, as with any question.

    event: what happened, in codes; settings: in force in the committee when the job runs.
    Returns at most three notices, shown until somebody has seen them; an empty list means "nothing follows".

    Example:
        if event.name is not EventName.RECEPTION_HELD:
            return []
        title = {"vi": "Ra thông báo kết luận", "en": "Issue the conclusion notice"}
        return [Notice(title, {"vi": "Sau mỗi kỳ tiếp.", "en": "After each reception."}, "/receptions/")]
    """
    raise NotImplementedError


@hookspec
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Say who else is told that something is overdue, or who is told earlier.

    Kind: decide. If a plugin fails, the platform's ladder stands and the fault is reported.
    Asked: in the periodic job, when an overdue obligation is looked at; once for all of a batch that look the same.

    tenant: the late committee; settings: in force there.
    overdue: what is late, with the answers to this plugin's own forms. Of a sealed case nothing is said but that.
    Returns the steps; an empty list means "the ladder is enough". Each body is told once, by the earliest way: a step
    that comes later than the ladder has no effect, unless it asks to take the matter over. An address nobody has, and
    a higher superior on the first day without a named emergency, are a fault of the whole answer.

    Example:
        return [EscalationStep(5, "superior+1", source="Chỉ thị 12-CT/TU, điểm 4")]
    """
    raise NotImplementedError


@hookspec
def registers(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[Register]:
    """Give a committee registers of the plugin's own; the platform draws, keeps, searches, counts and exports them.

    Kind: contribute. A plugin that fails is left out, and the page says so; what was entered stays.
    Asked: once per page of registers, per entry that is saved, and per page or report that counts entries; never per
        row. For the menu it is remembered until the committee's plugins or the day change.

    tenant: the committee; settings: in force there.
    on: the business day, in Asia/Ho_Chi_Minh.
    Returns the registers in the order to list them; an empty list means "none here".

    Example:
        return [Register("classes", 1, TITLE, ENTRY, SUMMARY, SCHEMA, title_field="topic", date_field="opened_on")]
    """
    raise NotImplementedError


@hookspec
def report_definitions(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give a committee reports of the plugin's own, declared over its records and registers.

    Kind: contribute. A plugin that fails is left out, and the page says so; what was begun keeps its definition.
    Asked: once per page of reports, and when a report is begun; never per row.

    tenant: the committee; settings: in force there.
    on: the business day, in Asia/Ho_Chi_Minh.
    Returns the definitions in the order to list them; an empty list means "no report of its own".

    Example:
        figure = Figure("DT-01", LABEL, UNIT, Count("register:classes"), HOW)
        return [ReportDefinition("yearly", 1, TITLE, "Kế hoạch 120-KH/QU", (figure,), (Section(TITLE, ("DT-01",)),))]
    """
    raise NotImplementedError


@hookspec
def share_profiles(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[ShareRule]:
    """Say how much of a kind of petition goes up at most.

    Kind: decide. If a plugin fails, the platform's own profile stands and the fault is reported.
    Asked: when a case is published to the superiors, that is at each change of it; a job that publishes many cases
        asks once per day of receipt. When the plugin is switched on or off, or its settings change, a case that was
        published keeps its state until its next change; its page says what goes up and by whose order.

    tenant: the committee whose case it is; settings: in force there.
    on: day the petition was received, in Asia/Ho_Chi_Minh.
    Returns the rules; an empty list means "the platform's profiles are right". The least of all holds: a rule that
    would show more than the platform does has no effect, so a sealed kind never goes up as more than a number.

    Example:
        return [ShareRule(PetitionKind.COMPLAINT, ShareLevel.COUNTS, "Quy chế 05-QC/HU, Điều 7")]
    """
    raise NotImplementedError


@hookspec
def classification_hints(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[Hint]:
    """Name words that speak for a kind or a field of petition; the platform looks for them where it may.

    Kind: contribute. A plugin that fails is left out, and the page says so.
    Asked: once when the form of classification is shown to somebody who may read the petition; never about a sealed
        one. The plugin does not see the petition's words.

    tenant: the committee; settings: in force there.
    Returns the hints; an empty list means "no hints".

    Example:
        return [Hint("land", ("thu hồi đất", "đền bù"), {"vi": "Nói về đất.", "en": "About land."}, field="land")]
    """
    raise NotImplementedError


@hookspec
def competence_objections(
    tenant: Tenant, handling: Handling, on: date, settings: Mapping[str, object]
) -> Sequence[Objection]:
    """Object to a petition being taken on, or sent, by a committee that is not competent.

    Kind: decide. If a plugin fails, the step is refused until it answers or is switched off: a check that did not run
        did not pass.
    Asked: once when a petition is accepted or transferred, also through the platform, before anything is written; and
        again when the step is sent with the confirmations it needed.

    tenant: the committee that takes the step; settings: in force there.
    handling: the step, without words and people.
    on: day of the step, in Asia/Ho_Chi_Minh.
    Returns the objections; an empty list means "competent, as far as this plugin knows".

    Example:
        return [Objection(REASON, "Quy chế 12-QC/HU, Điều 4")] if handling.field == "land" else []
    """
    raise NotImplementedError


@hookspec
def reply_checks(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[ReplyRule]:
    """Say what a reply to a citizen must and must not say; the platform reads the reply.

    Kind: decide. If a plugin fails, the reply is refused until it answers or is switched off.
    Asked: once when the form of a reply is shown, and when the reply is given: the result of a petition, the guidance
        on one, the explanation of a refusal to receive, a conclusion notice. The plugin does not see its words.

    tenant: the committee that replies; settings: in force there.
    Returns the rules; an empty list means "nothing to ask of a reply".

    Example:
        return [ReplyRule("clause", {"vi": "Nêu căn cứ.", "en": "Name the clause."}, "CV 446/UBND-TTr", ("căn cứ",))]
    """
    raise NotImplementedError


@hookspec
def documents(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[DocumentTemplate]:
    """Give a committee templates of official documents, printed as Word and PDF.

    Kind: contribute. A plugin that fails is left out, and the page says so.
    Asked: once per page that offers documents, and when one is printed.

    tenant: the committee; settings: in force there.
    Returns the templates in the order to offer them; an empty list means "no documents".

    Example:
        return [DocumentTemplate("invitation", 1, TITLE, Paper.PETITION, "GIẤY MỜI", "đối thoại", ("Kính mời …",))]
    """
    raise NotImplementedError


@hookspec
def pages(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[Page]:
    """Give a committee pages of the plugin's own, and entries of the menu that lead there.

    Kind: contribute. A plugin that fails is left out, and the first page says so; it is asked again after a minute.
    Asked: once per committee and process for the menu, remembered until the committee's plugins or the day change.

    tenant: the committee; settings: in force there.
    on: the business day, in Asia/Ho_Chi_Minh.
    Returns the pages in the order of the menu, for those who may see reports; an empty list means "no pages".

    Example:
        return [Page("training", TITLE, (Block(TITLE, numbers=(Number(LABEL, UNIT, Count("register:classes")),)),))]
    """
    raise NotImplementedError


@hookspec
def channels(tenant: Tenant, settings: Mapping[str, object]) -> Sequence[Channel]:
    """Offer ways for messages to go beside mail and print.

    Kind: contribute. A plugin that fails is left out; a message that waits for its channel waits.
    Asked: once when a message is about to be brought, and on the pages of notifications.

    tenant: the committee; settings: in force there.
    Returns the channels; an empty list means "none". Citizens are told by telephone, staff by mail address; a channel
    of 160 letters gets texts without marks.

    Example:
        return [Channel("sms", {"vi": "Tin nhắn", "en": "Text message"}, address="phone", longest=160)]
    """
    raise NotImplementedError


@hookspec
def deliver_message(tenant: Tenant, message: Message, settings: Mapping[str, object]) -> Delivery | None:
    """Bring a message to its address by a channel of the plugin's.

    Kind: observe. The message is kept whatever the plugin does. If it fails, the message is tried again with growing
        distance, eight times in about three days. A late answer, and a call that never came back, count as UNKNOWN.
    Asked: once per message and attempt, in a job of its own; only the plugin whose channel it is.

    tenant: the committee that writes; settings: in force there.
    message: what to bring; the same key at every attempt.
    Returns what became of it; None means "no channel of mine".

    Example:
        return Delivery(Sent.SENT, receipt="A-17") if message.channel == "sms" else None
    """
    raise NotImplementedError


@hookspec
def commands() -> Sequence[Command]:
    """Add commands `tiepdan <plugin> …`.

    Kind: contribute. A plugin that fails, or has the name of a command of the platform, has no commands, and
        `tiepdan plugins list` says so.
    Asked: when somebody calls a command that is none of the platform's, or the help; without a committee or a database.

    Returns the commands; an empty list means "none".

    Example:
        return [Command("urge", {"vi": "In đơn vị chưa gửi", "en": "Print who has not sent"}, run=print_late)]
    """
    raise NotImplementedError
