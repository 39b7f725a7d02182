"""Who may read the address book of partners, and who may write in it?"""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q
from django.utils import timezone

from agreements.choices import AgreementState, CommitmentState, NoteAudience, Regime, TreatyReportState
from agreements.guidance import NeedState, QuestionState
from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of
from intlcoop.people.rules import is_administrator, is_auditor, is_icd, is_icd_head, is_leadership
from intlcoop.workflow.rules import can_view, is_filer


@rules.predicate
def works_in_a_unit(user: Any) -> bool:
    """Somebody who handles files: an auditor only reads them."""
    return any(held.role not in Role.OUTSIDE_BUSINESS for held in principal_of(user).appointments)


@rules.predicate
def added_it(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.proposed_by_id == user.pk


@rules.predicate
def still_proposed(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.is_proposed


@rules.predicate
def is_not_merged(user: Any, partner: Any = None) -> bool:
    """A merged partner leads to another one; only that one is written on."""
    return partner is None or partner.merged_into_id is None


@rules.predicate
def works_with_it(user: Any, partner: Any = None) -> bool:
    """Their unit, or one that was merged into it, works with the partner today."""
    units = principal_of(user).own_unit_ids
    if partner is None or not units:
        return False
    today = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    return bool(partner.units.filter(today, unit__in=units).exists())


keeps_the_list = is_icd | is_administrator

rules.add_perm("agreements.view_partner", rules.is_active)
rules.add_perm("agreements.add_partner", works_in_a_unit | is_administrator)
# Whoever proposed a partner may correct it until the department has confirmed it; the department keeps the whole list in order.
rules.add_perm(
    "agreements.change_partner",
    is_not_merged & (keeps_the_list | (works_in_a_unit & added_it & still_proposed)),
)
rules.add_perm("agreements.confirm_partner", keeps_the_list)
rules.add_perm("agreements.merge_partner", keeps_the_list)
rules.add_perm("agreements.keep_groups", keeps_the_list)
# A unit says itself that it works with a partner of the list.
rules.add_perm("agreements.join_partner", is_not_merged & works_in_a_unit)
rules.add_perm("agreements.read_partner_history", keeps_the_list | is_auditor)
# People at a partner are written down by the units that work with it.
rules.add_perm(
    "agreements.keep_contacts", is_not_merged & (keeps_the_list | (works_in_a_unit & (added_it | works_with_it)))
)

# Schemes and programmes are published decisions; the department keeps the list.
rules.add_perm("agreements.view_programme", rules.is_active)
rules.add_perm("agreements.change_programme", is_icd | is_administrator)


# --- notes on partners ----------------------------------------------------------------------------------------------


@rules.predicate
def wrote_it(user: Any, note: Any = None) -> bool:
    return note is not None and note.author_id == user.pk


@rules.predicate
def note_is_for_everybody(user: Any, note: Any = None) -> bool:
    return note is not None and note.audience == NoteAudience.EVERYBODY


@rules.predicate
def note_stands(user: Any, note: Any = None) -> bool:
    return note is not None and note.withdrawn_at is None


reads_inner_notes = is_icd | is_leadership
rules.add_perm("agreements.read_inner_notes", rules.is_active & reads_inner_notes)
# The same as PartnerNote.objects.visible_to; a property test holds the two together.
rules.add_perm(
    "agreements.view_note", rules.is_active & note_stands & (note_is_for_everybody | wrote_it | reads_inner_notes)
)
rules.add_perm("agreements.add_note", works_in_a_unit)
rules.add_perm("agreements.withdraw_note", note_stands & works_in_a_unit & (wrote_it | is_icd))


# --- commitments: asked with the case, as the engine asks --------------------------------------------------------------


@rules.predicate
def sees_to_it(user: Any, case: Any = None) -> bool:
    return case is not None and case.commitment.owner_id == user.pk


@rules.predicate
def heads_its_unit(user: Any, case: Any = None) -> bool:
    return case is not None and principal_of(user).is_unit_head_of(case.unit_id)


@rules.predicate
def is_named_verifier(user: Any, case: Any = None) -> bool:
    return case is not None and case.commitment.verifier_id == user.pk


@rules.predicate
def nobody_is_named(user: Any, case: Any = None) -> bool:
    return case is not None and case.commitment.verifier_id is None


@rules.predicate
def reported_it(user: Any, case: Any = None) -> bool:
    """Whoever said last that it is carried out."""
    if case is None:
        return False
    last = case.status_changes.filter(transition="claim").order_by("-pk").values_list("actor_id", flat=True).first()
    return last is not None and last == user.pk


@rules.predicate
def is_open_commitment(user: Any, case: Any = None) -> bool:
    return case is not None and case.state == CommitmentState.OPEN


verifies = is_named_verifier | is_icd | (nobody_is_named & heads_its_unit)

rules.add_perm("agreements.add_commitment", works_in_a_unit)
rules.add_perm("agreements.change_commitment", can_view & (is_filer | sees_to_it | is_icd) & is_open_commitment)
rules.add_perm("agreements.claim_commitment", can_view & works_in_a_unit & (is_filer | sees_to_it))
# Separation: neither who sees to it nor who reported it says that it is done, whatever office they hold.
rules.add_perm("agreements.verify_commitment", can_view & verifies & ~sees_to_it & ~reported_it)
rules.add_perm("agreements.reopen_commitment", can_view & verifies)
rules.add_perm("agreements.drop_commitment", can_view & is_icd)


# --- mechanisms and conventions ---------------------------------------------------------------------------------------


@rules.predicate
def leads_series(user: Any, series: Any = None) -> bool:
    """Works in the unit that looks after this series of meetings."""
    return series is not None and series.unit_id in principal_of(user).own_unit_ids


# In which mechanisms and conventions the ministry takes part is common knowledge; the department keeps the lists, and the
# unit that looks after a series of meetings writes down its sessions.
rules.add_perm("agreements.view_mechanism", rules.is_active)
rules.add_perm("agreements.change_mechanism", is_icd | is_administrator)
rules.add_perm("agreements.record_session", is_icd | is_administrator | (works_in_a_unit & leads_series))


# --- agreements -----------------------------------------------------------------------------------------------------


@rules.predicate
def is_no_treaty(user: Any, case: Any = None) -> bool:
    return case is not None and case.agreement.regime != Regime.TREATY


@rules.predicate
def is_treaty(user: Any, case: Any = None) -> bool:
    return case is not None and case.agreement.regime == Regime.TREATY


@rules.predicate
def reads_case(user: Any, case: Any = None) -> bool:
    return case is not None and bool(rules.has_perm("workflow.view_case", user, case))


@rules.predicate
def files_case(user: Any, case: Any = None) -> bool:
    """The filer, or a colleague of the unit who files for it."""
    return case is not None and bool(rules.has_perm("workflow.submit_case", user, case))


@rules.predicate
def is_concluded(user: Any, case: Any = None) -> bool:
    return case is not None and case.state in AgreementState.CONCLUDED


@rules.predicate
def is_living(user: Any, case: Any = None) -> bool:
    return case is not None and case.state in (*AgreementState.LIVING, AgreementState.EXPIRED)


rules.add_perm("agreements.add_agreement", works_in_a_unit)
rules.add_perm("agreements.submit_agreement", files_case & is_no_treaty)
rules.add_perm("agreements.register_treaty", reads_case & is_icd & is_treaty)
# Whoever filed it, or the department, writes down how it was signed and what was done afterwards.
rules.add_perm("agreements.record_signing", reads_case & (files_case | is_icd))
rules.add_perm("agreements.keep_agreement", reads_case & (files_case | is_icd) & is_concluded)
rules.add_perm("agreements.keep_duties", reads_case & (files_case | is_icd))
rules.add_perm("agreements.open_change", reads_case & (files_case | is_icd) & is_living)
rules.add_perm("agreements.see_yearly_report", works_in_a_unit | is_administrator | is_auditor)


# --- changes of agreements ------------------------------------------------------------------------------------------


@rules.predicate
def asks_nobody_here(user: Any, case: Any = None) -> bool:
    """What the other side did by itself, or what concerns a treaty, takes no route here."""
    return case is not None and case.amendment.asks_nobody


rules.add_perm("agreements.submit_change", files_case & ~asks_nobody_here)
rules.add_perm("agreements.settle_change", reads_case & (files_case | is_icd))
rules.add_perm("agreements.register_change", reads_case & is_icd & asks_nobody_here)


# --- national reports -------------------------------------------------------------------------------------------------


@rules.predicate
def report_goes_on(user: Any, case: Any = None) -> bool:
    return case is not None and case.state not in (TreatyReportState.DEFENDED, TreatyReportState.CANCELLED)


# A national report is led by a unit; the department opens it and records where it stands.
rules.add_perm("agreements.add_treaty_report", is_icd)
rules.add_perm("agreements.edit_treaty_report", can_view & (is_icd | is_filer) & report_goes_on)
rules.add_perm("agreements.run_treaty_report", can_view & is_icd)


# --- projects and aid -----------------------------------------------------------------------------------------------


@rules.predicate
def was_approved(user: Any, case: Any = None) -> bool:
    """It has been approved once; what happens to it now is an adjustment."""
    return case is not None and case.project.approved_on is not None


rules.add_perm("agreements.add_project", works_in_a_unit)
rules.add_perm("agreements.see_projects", rules.is_active)
# What units talk about with donors: the department coordinates it before anything is submitted.
rules.add_perm("agreements.see_mobilising", is_icd)
rules.add_perm("agreements.withdraw_project", files_case & ~was_approved)
rules.add_perm("agreements.withdraw_project_change", files_case & was_approved)
# Whoever runs it, or the department, writes down how it goes; only the department records that the approval was withdrawn.
rules.add_perm("agreements.keep_project", reads_case & (files_case | is_icd) & was_approved)
rules.add_perm("agreements.adjust_project", files_case & was_approved)
rules.add_perm("agreements.withdraw_approval", reads_case & is_icd & was_approved)


# --- questions of units ---------------------------------------------------------------------------------------------


@rules.predicate
def answers_it(user: Any, case: Any = None) -> bool:
    """Whoever is named, or somebody of the unit that was asked; while nobody is, the department."""
    if case is None:
        return False
    question, principal = case.question, principal_of(user)
    if question.answering_unit_id is None:
        return principal.is_icd
    return question.answerer_id == user.pk or question.answering_unit_id in principal.own_unit_ids


@rules.predicate
def asked_it(user: Any, case: Any = None) -> bool:
    return case is not None and case.created_by_id == user.pk


@rules.predicate
def is_unanswered(user: Any, case: Any = None) -> bool:
    return case is not None and case.state in QuestionState.UNANSWERED


@rules.predicate
def is_with_leader(user: Any, case: Any = None) -> bool:
    return case is not None and case.state == QuestionState.WITH_LEADER


@rules.predicate
def has_no_answer_yet(user: Any, case: Any = None) -> bool:
    """What somebody has answered keeps the words that were answered."""
    return case is not None and not case.question.answers.exists()


rules.add_perm("agreements.ask_question", works_in_a_unit)
rules.add_perm("agreements.change_question", can_view & is_filer & works_in_a_unit & is_unanswered & has_no_answer_yet)
# Nobody answers what they asked themselves; the department may always answer.
rules.add_perm("agreements.answer_question", can_view & works_in_a_unit & (answers_it | is_icd) & ~asked_it)
rules.add_perm("agreements.hand_on_question", can_view & works_in_a_unit & (answers_it | is_icd) & is_unanswered)
rules.add_perm("agreements.urge_question", can_view & works_in_a_unit & is_filer)
rules.add_perm("agreements.escalate_question", can_view & works_in_a_unit & (answers_it | is_icd))
rules.add_perm("agreements.lead_question", can_view & is_icd)
# The head of the department directs what came to them; what went to the ministry's leaders they alone direct.
rules.add_perm("agreements.direct_question", can_view & (is_leadership | (is_icd_head & ~is_with_leader)))
rules.add_perm("agreements.withdraw_question", can_view & works_in_a_unit & is_filer)
rules.add_perm("agreements.share_question", can_view & is_icd)


# --- needs of units -------------------------------------------------------------------------------------------------


@rules.predicate
def is_unmet(user: Any, case: Any = None) -> bool:
    return case is not None and case.state in NeedState.UNMET


# What units look for is known in the house, so that one unit's partner helps another.
rules.add_perm("agreements.add_need", works_in_a_unit)
rules.add_perm("agreements.run_need", can_view & works_in_a_unit & (is_filer | is_icd))
rules.add_perm("agreements.change_need", can_view & works_in_a_unit & (is_filer | is_icd) & is_unmet)
# Whoever knows a partner that fits may name it.
rules.add_perm("agreements.name_partner", can_view & works_in_a_unit & is_unmet)


# --- news of partners, invitations ----------------------------------------------------------------------------------


@rules.predicate
def still_stands(user: Any, thing: Any = None) -> bool:
    return thing is None or thing.withdrawn_at is None


rules.add_perm("agreements.view_news", rules.is_active)
rules.add_perm("agreements.publish_news", is_icd & still_stands)
rules.add_perm("agreements.subscribe_news", works_in_a_unit)
rules.add_perm("agreements.see_subscriptions", is_icd | is_administrator | is_auditor)
rules.add_perm("agreements.view_invitations", rules.is_active)
rules.add_perm("agreements.publish_invitation", is_icd & still_stands)
rules.add_perm("agreements.sign_up", works_in_a_unit & still_stands)
rules.add_perm("agreements.see_sign_ups", is_icd | is_leadership | is_administrator | is_auditor)
