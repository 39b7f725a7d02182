"""Who may do what with a file, whatever its kind. Asked through `rules.has_perm`, which a superuser does not pass by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone

from intlcoop.people import rules as people_rules
from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of
from intlcoop.workflow import registry, separation
from intlcoop.workflow.choices import StepState
from intlcoop.workflow.querysets import OFFICES_OF_FUNCTION

if TYPE_CHECKING:
    from intlcoop.people.models import User

FILERS = (Role.OFFICER, Role.FOCAL, Role.HEAD, Role.DEPUTY_HEAD)


@rules.predicate
def can_view(user: User, case: Any) -> bool:
    """The same as `Case.objects.visible_to(user)` contains this case; a property test holds the two together."""
    if case is None or not user.is_authenticated or not user.is_active:
        return False
    principal = principal_of(user)
    if case.created_by_id == user.pk or case.unit_id in principal.own_unit_ids:
        return True
    opened = registry.kind_of(case).opened_to
    if opened is not None and opened(user).filter(case=case).exists():
        return True
    if case.first_submitted_at is None:
        return False
    if principal.sees_everything_submitted or user.pk in registry.kind_of(case).participants(case):
        return True
    offices = {office for function, office in OFFICES_OF_FUNCTION.items() if principal.has_function(function)}
    return any(
        step.office in offices or step.acting_office in offices or step.assigned_to_id == user.pk
        for step in case.steps.all()
    )


@rules.predicate
def is_filer(user: User, case: Any) -> bool:
    """The person who opened the file, or a colleague of its unit who files for it."""
    if case is None or not user.is_authenticated:
        return False
    principal = principal_of(user)
    colleague = case.unit_id in principal.own_unit_ids and any(principal.has(role) for role in FILERS)
    return user.is_active and (case.created_by_id == user.pk or colleague)


@rules.predicate
def is_editable(user: User, case: Any) -> bool:
    return case is not None and case.state in registry.kind_of(case).lifecycle.editable


@rules.predicate
def holds_step(user: User, step: Any) -> bool:
    """May act on this step today, in their own right or standing in for somebody."""
    if step is None or not user.is_authenticated or step.state != StepState.OPEN or step.superseded_at is not None:
        return False
    return separation.may_act(user, step, timezone.localdate()) is not None


@rules.predicate
def records_for_others(user: User, case: Any) -> bool:
    """The clerk and the ICD write down what was decided on paper or outside."""
    principal = principal_of(user)
    return user.is_authenticated and (principal.is_clerk or principal.is_icd)


@rules.predicate
def is_administrator(user: User, thing: Any) -> bool:
    return user.is_authenticated and principal_of(user).is_administrator


@rules.predicate
def only_reads(user: User, case: Any) -> bool:
    principal = principal_of(user)
    return principal.is_auditor or principal.is_administrator


rules.add_perm("workflow.view_routes", rules.is_active)
rules.add_perm("workflow.manage_routes", people_rules.is_administrator | people_rules.is_icd_head)
rules.add_perm("workflow.test_rules", people_rules.is_administrator | people_rules.is_icd | people_rules.is_auditor)


@rules.predicate
def watches(user: User) -> bool:
    """The ICD, the leadership, administrators, auditors, and whoever heads a unit: each within what they may read."""
    principal = principal_of(user)
    return user.is_active and (principal.sees_everything_submitted or bool(principal.headed_unit_ids))


rules.add_perm("workflow.watch_standstills", watches)
rules.add_perm("workflow.view_case", can_view)
rules.add_perm("workflow.edit_case", can_view & is_filer & is_editable)
rules.add_perm("workflow.submit_case", can_view & is_filer)
rules.add_perm("workflow.comment_case", can_view & ~only_reads)
rules.add_perm("workflow.record_decision", can_view & records_for_others)
rules.add_perm("workflow.decide_step", holds_step)
rules.add_perm("workflow.reassign_step", is_administrator)
