"""The lifecycle of changes of agreements, on the route of the agreement itself (Law 70/2020, articles 33 and 34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import services
from agreements.choices import AgreementFile, ChangeAct, DutyCause
from agreements.choices import AgreementState as S
from agreements.choices import AmendmentState as A
from agreements.guards import amendment as guards
from agreements.queries import amendments as queries
from agreements.queries.agreements import AgreementFacts, legal_values
from agreements.queries.people import keepers_of
from agreements.workflows.agreement import AGREEMENT
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine, notices
from intlcoop.workflow.binding import compare_exactly
from intlcoop.workflow.choices import Facet, Phase
from intlcoop.workflow.effects import stop_route, tell_filer, tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange

#: The row of the agreement's own table by which each kind of change takes effect.
EFFECTS = {
    ChangeAct.AMEND: "amend",
    ChangeAct.EXTEND: "amend",
    ChangeAct.SUSPEND: "suspend",
    ChangeAct.RESUME: "resume",
    ChangeAct.TERMINATE: "terminate",
    ChangeAct.WITHDRAW: "terminate",
}
#: Carrying on after a suspension is told to nobody outside by the rules at hand.
CAUSES = {
    ChangeAct.AMEND: DutyCause.CHANGED,
    ChangeAct.EXTEND: DutyCause.CHANGED,
    ChangeAct.SUSPEND: DutyCause.ENDED,
    ChangeAct.TERMINATE: DutyCause.ENDED,
    ChangeAct.WITHDRAW: DutyCause.ENDED,
}


def settling_page(case: Case) -> str:
    return reverse("agreements:amendment_settle", args=[case.number])


def tell_cleared(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        keepers_of(case, without=actor),
        event_key=f"status-{change.pk}",
        ending=gettext("cleared"),
        text=gettext("The change may be carried out. Record here the document by which it was done."),
    )


def owe_duties(case: Case, change: StatusChange, actor: User | None) -> None:
    """The Foreign Ministry is told within the term, counted from the document."""
    amendment = guards.change_of(case)
    cause = CAUSES.get(ChangeAct(amendment.act))
    if cause is None or amendment.document_on is None:
        return
    agreement = amendment.agreement
    services.raise_duties(agreement.case, cause, on=amendment.document_on, values=legal_values(agreement), source=case)


def take_effect_in_time(case: Case, change: StatusChange, actor: User | None) -> None:
    """At once, unless it says a later day: then the calendar does it."""
    amendment = guards.change_of(case)
    if amendment.effective_on is None or amendment.effective_on <= timezone.localdate():
        engine.apply(case, AMENDMENT["take_effect"], actor=actor)


def change_the_agreement(case: Case, change: StatusChange, actor: User | None) -> None:
    """The agreement moves by its own table, with a line that names the change and its document."""
    amendment = guards.change_of(case)
    locked = engine.lock(amendment.agreement.case)
    row = AGREEMENT[EFFECTS[ChangeAct(amendment.act)]]
    if locked.state not in row.sources:
        raise Refused(guards.refused_act(locked.state, amendment.act) or gettext("This is no longer possible."))
    services.apply_term(amendment)
    services.close_amendment(amendment, in_force=True)
    engine.apply(locked, row, actor=None, comment=comment_of(amendment))
    if amendment.document_on and row.target == S.TERMINATED and amendment.effective_on:
        services.note_end(type(amendment.agreement).objects.get(pk=amendment.agreement_id), amendment.effective_on)


def comment_of(amendment: guards.AgreementAmendment) -> str:
    values = {
        "act": amendment.get_act_display(),
        "number": amendment.document_number,
        "day": table_date(amendment.document_on) if amendment.document_on else "",
    }
    if amendment.by_partner:
        return gettext("%(act)s by the other side, document %(number)s of %(day)s.") % values
    return gettext("%(act)s, document %(number)s of %(day)s.") % values


def close(case: Case, change: StatusChange, actor: User | None) -> None:
    services.close_amendment(guards.change_of(case), in_force=False)


EDITABLE = (A.PROPOSED, A.RETURNED, A.IN_APPROVAL, A.CLEARED)
UNDER_WAY = (A.IN_APPROVAL, A.CLEARED)

AMENDMENT = Lifecycle(
    states=A,
    initial=A.PROPOSED,
    editable=EDITABLE,
    in_route=UNDER_WAY,
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "clear"},
    transitions=(
        submit(
            _("Submit for opinions and approval"),
            sources=(A.PROPOSED, A.RETURNED),
            target=A.IN_APPROVAL,
            guards=guards.SUBMISSION_GUARDS,
            rule="agreements.submit_change",
            then=(tell_icd,),
        ),
        withdraw(source=A.IN_APPROVAL, target=A.PROPOSED, rule="agreements.submit_change"),
        send_back(sources=UNDER_WAY, target=A.RETURNED),
        Transition(
            name="clear",
            label=_("Approval complete"),
            sources=(A.IN_APPROVAL,),
            target=A.CLEARED,
            effects=(tell_cleared,),
        ),
        reopen(source=A.CLEARED, target=A.IN_APPROVAL),
        reject(sources=UNDER_WAY, target=A.REJECTED, first=(close,)),
        Transition(
            name="settle",
            label=_("Record what was signed or notified"),
            sources=(A.CLEARED,),
            target=A.SETTLED,
            rule="agreements.settle_change",
            guards=guards.SETTLING_GUARDS,
            effects=(owe_duties, take_effect_in_time),
            primary=True,
            page=settling_page,
        ),
        Transition(
            name="register",
            label=_("Record the document"),
            sources=(A.PROPOSED,),
            target=A.SETTLED,
            rule="agreements.register_change",
            guards=guards.SETTLING_GUARDS,
            effects=(owe_duties, take_effect_in_time),
            primary=True,
            page=settling_page,
        ),
        Transition(
            name="take_effect",
            label=_("Come into force"),
            sources=(A.SETTLED,),
            target=A.IN_FORCE,
            effects=(change_the_agreement, tell_filer),
        ),
        give_up(
            "cancel",
            _("Drop the change"),
            sources=EDITABLE,
            target=A.CANCELLED,
            effects=(stop_route, close),
        ),
    ),
)


def amendment_kind() -> FileKind:
    return FileKind(
        code="agreement_change",
        prefix="DCTT",
        label=_("Change of an agreement"),
        lifecycle=AMENDMENT,
        summary=queries.amendment_summary,
        facts=AgreementFacts,
        facts_of=queries.amendment_facts,
        content_of=queries.amendment_content,
        comparators={Facet.PROGRAMME: compare_exactly},
        attachment_kinds=dict(AgreementFile.choices),
        readable=queries.readable_amendment,
        decision_facts=queries.amendment_decision_facts,
        against=queries.amendment_against,
        history=queries.amendment_history,
        edit_url=queries.amendment_edit_url,
        opened_to=queries.changes_for_all,
    )
