"""The lifecycle of agreements as a table (domain.md C2), and what follows from each transition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements import services
from agreements.choices import AgreementState as S
from agreements.choices import DealingKind, DutyCause
from agreements.guards import agreement as guards
from agreements.models import InternationalAgreement
from agreements.queries.agreements import legal_values
from agreements.queries.people import keepers_of
from intlcoop.workflow import engine, notices
from intlcoop.workflow.choices import Phase
from intlcoop.workflow.effects import tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def signing_page(case: Case) -> str:
    return reverse("agreements:agreement_sign", args=[case.number])


def tell_cleared(case: Case, change: StatusChange, actor: User | None) -> None:
    """It may be signed now: to the filer and the ICD, who prepare the signing."""
    notices.tell(
        case,
        keepers_of(case, without=actor),
        event_key=f"status-{change.pk}",
        ending=gettext("cleared for signing"),
        text=gettext("All opinions and approvals are there. It may be signed; record the signing here afterwards."),
    )


def owe_duties(case: Case, change: StatusChange, actor: User | None) -> None:
    """What the law asks for after a signing, with its days."""
    agreement = guards.of(case)
    if agreement.signed_on is None:
        return
    later = agreement.delegation_back_on or agreement.signed_on
    values = legal_values(agreement)
    duties = services.raise_duties(
        case, DutyCause.SIGNED, on=agreement.signed_on, values=values, counted_from={"treaty-copy": later, "treaty-plan": later}
    )  # fmt: skip
    kept = next((duty for duty in duties if duty.code == "original" and duty.is_open), None)
    if kept is not None and agreement.original_kept:
        kept.done_on, kept.done_by, kept.note = agreement.signed_on, actor, agreement.original_kept
        kept.save(update_fields=["done_on", "done_by", "note"])


def note_dealing(case: Case, change: StatusChange, actor: User | None) -> None:
    """The signing stands in the timeline of each partner."""
    agreement = guards.of(case)
    if agreement.signed_on is None:
        return
    for party in agreement.parties.select_related("partner"):
        services.record_dealing(
            party.partner,
            on=agreement.signed_on,
            kind=DealingKind.SIGNING,
            title=case.title,
            unit=case.unit,
            case=case,
            agreements=[agreement],
            precision=agreement.signed_precision,
            is_sample=case.is_sample,
        )


def tell_signed(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        keepers_of(case, without=actor),
        event_key=f"status-{change.pk}",
        ending=gettext("signed"),
        text=gettext("The signing is recorded. The file shows what is to be reported, to whom and until when."),
    )


def come_into_force(case: Case, change: StatusChange, actor: User | None) -> None:
    """At once, unless it says a later day: then the calendar does it."""
    if guards.in_force_day_has_come(case) is None:
        engine.apply(case, AGREEMENT["enter_force"], actor=None)


def replace_the_old(case: Case, change: StatusChange, actor: User | None) -> None:
    """The paper whose work this one carries on gives way from the same day, unless it had ended before."""
    old = InternationalAgreement.objects.select_related("case").filter(renewed_by__case=case).first()
    if old is None:
        return
    locked, new = engine.lock(old.case), guards.of(case)
    begins = new.effective_on or new.signed_on or timezone.localdate(change.at)
    if locked.state in AGREEMENT["replace"].sources:
        engine.apply(
            locked,
            AGREEMENT["replace"],
            actor=None,
            comment=gettext("Carried on by %(number)s.") % {"number": case.number},
        )
        services.note_end(old, min(old.ended_on or begins, begins))


def note_end(case: Case, change: StatusChange, actor: User | None) -> None:
    agreement = guards.of(case)
    if change.to_state in (S.EXPIRED,) and agreement.expires_on is not None:
        services.note_end(agreement, agreement.expires_on)
    else:
        services.note_end(agreement, timezone.localdate(change.at))


def forget_end(case: Case, change: StatusChange, actor: User | None) -> None:
    services.note_end(guards.of(case), None)


def tell_ended(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        keepers_of(case, without=actor),
        event_key=f"status-{change.pk}",
        ending=str(S(change.to_state).label),
        text=change.comment,
    )


EDITABLE = (S.PROPOSED, S.RETURNED, S.IN_APPROVAL, S.CLEARED)
WAITING = (S.PROPOSED, S.RETURNED, S.IN_APPROVAL, S.CLEARED)
UNDER_WAY = (S.IN_APPROVAL, S.CLEARED)
LIVING = (S.SIGNED, S.IN_FORCE, S.SUSPENDED)

AGREEMENT = Lifecycle(
    states=S,
    initial=S.PROPOSED,
    editable=EDITABLE,
    in_route=UNDER_WAY,
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "clear"},
    transitions=(
        submit(
            _("Submit for opinions and approval"),
            sources=(S.PROPOSED, S.RETURNED),
            target=S.IN_APPROVAL,
            guards=guards.SUBMISSION_GUARDS,
            rule="agreements.submit_agreement",
            then=(tell_icd,),
        ),
        withdraw(source=S.IN_APPROVAL, target=S.PROPOSED, rule="agreements.submit_agreement"),
        send_back(sources=UNDER_WAY, target=S.RETURNED),
        Transition(
            name="clear",
            label=_("Clear for signing"),
            sources=(S.IN_APPROVAL,),
            target=S.CLEARED,
            guards=(guards.dossier_is_complete,),
            effects=(tell_cleared,),
        ),
        reopen(source=S.CLEARED, target=S.IN_APPROVAL),
        reject(sources=UNDER_WAY, target=S.REJECTED),
        Transition(
            name="sign",
            label=_("Record the signing"),
            sources=(S.CLEARED,),
            target=S.SIGNED,
            rule="agreements.record_signing",
            guards=guards.SIGNING_GUARDS,
            effects=(owe_duties, note_dealing, tell_signed, come_into_force),
            primary=True,
            page=signing_page,
        ),
        Transition(
            name="register",
            label=_("Register the signed treaty"),
            sources=(S.PROPOSED,),
            target=S.SIGNED,
            rule="agreements.register_treaty",
            guards=guards.SIGNING_GUARDS,
            effects=(owe_duties, note_dealing, tell_signed, come_into_force),
            primary=True,
            page=signing_page,
        ),
        Transition(
            name="enter_force",
            label=_("Come into force"),
            sources=(S.SIGNED,),
            target=S.IN_FORCE,
            effects=(replace_the_old,),
        ),
        Transition(
            name="renew_itself",
            label=_("Renewed by itself"),
            sources=(S.IN_FORCE,),
            target=S.IN_FORCE,
            effects=(tell_ended,),
        ),
        Transition(name="amend", label=_("Amended"), sources=(S.SIGNED, S.IN_FORCE), target=S.IN_FORCE),
        Transition(
            name="extend_expired",
            label=_("Carried on after its end"),
            sources=(S.EXPIRED,),
            target=S.IN_FORCE,
            effects=(forget_end,),
        ),
        Transition(
            name="expire",
            label=_("Expire"),
            sources=(S.SIGNED, S.IN_FORCE, S.SUSPENDED),
            target=S.EXPIRED,
            effects=(note_end, tell_ended),
        ),
        Transition(
            name="suspend",
            label=_("Suspend"),
            sources=(S.SIGNED, S.IN_FORCE),
            target=S.SUSPENDED,
            effects=(tell_ended,),
        ),
        Transition(
            name="resume",
            label=_("Carry on after a suspension"),
            sources=(S.SUSPENDED,),
            target=S.IN_FORCE,
            effects=(tell_ended,),
        ),
        Transition(
            name="terminate",
            label=_("Terminate"),
            sources=LIVING,
            target=S.TERMINATED,
            effects=(note_end, tell_ended),
        ),
        Transition(
            name="replace",
            label=_("Replaced by a newer one"),
            sources=(*LIVING, S.EXPIRED),
            target=S.REPLACED,
            effects=(note_end, tell_ended),
        ),
        Transition(name="import", label=_("Import from records"), sources=(S.PROPOSED,), target=S.IN_FORCE),
        Transition(name="import_signed", label=_("Import from records"), sources=(S.PROPOSED,), target=S.SIGNED),
        Transition(name="import_expired", label=_("Import from records"), sources=(S.PROPOSED,), target=S.EXPIRED),
        Transition(name="import_ended", label=_("Import from records"), sources=(S.PROPOSED,), target=S.TERMINATED),
        give_up(
            "cancel",
            _("Give up this agreement"),
            sources=WAITING,
            target=S.CANCELLED,
        ),
    ),
)
