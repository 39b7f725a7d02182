"""Who may order and read reports, and who keeps the register of other work? A report changes nothing, so an administrator
may order one."""

from __future__ import annotations

from typing import Any

import rules

from agreements.rules import works_in_a_unit
from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of
from intlcoop.people.rules import is_administrator, is_clerk, is_icd, is_icd_head, is_leadership
from intlcoop.workflow.rules import FILERS, can_view, is_editable, is_filer
from reports.choices import PartState, ReportState, WorkKind


@rules.predicate
def reads_reports(user: Any) -> bool:
    """Administrators, the ICD, the leadership and auditors: those who see every submitted file anyway."""
    return bool(user.is_authenticated and principal_of(user).sees_everything_submitted)


@rules.predicate
def may_view(user: Any, report: Any) -> bool:
    """The same as `YearEndReport.objects.visible_to(user)` contains it."""
    return report is not None and can_view.test(user, report.case)


rules.add_perm("reports.read", reads_reports)
rules.add_perm("reports.order", is_administrator | is_icd)
rules.add_perm("reports.view_report", may_view)
rules.add_perm("reports.watch_year", is_leadership | is_icd_head)


# --- what becomes of a report: asked with its case ---------------------------------------------------------------------


@rules.predicate
def is_open_report(user: Any, case: Any = None) -> bool:
    """Before it is submitted, and after it came back."""
    return case is not None and case.state in ReportState.OPEN


rules.add_perm("reports.edit_report", can_view & is_icd & is_open_report)
rules.add_perm("reports.refresh_report", can_view & (is_icd | is_administrator) & is_open_report)
rules.add_perm("reports.submit_report", can_view & is_icd)
rules.add_perm("reports.issue_report", can_view & is_clerk)
rules.add_perm("reports.consult_report", can_view & is_icd)


# --- other work: asked with the case, as the engine asks ------------------------------------------------------------


@rules.predicate
def sees_to_work(user: Any, case: Any = None) -> bool:
    return case is not None and case.work.owner_id == user.pk


@rules.predicate
def asks_approval(user: Any, case: Any = None) -> bool:
    """A leader approves it before it is sent (W001-03)."""
    return case is not None and case.work.kind in WorkKind.APPROVED_FIRST


@rules.predicate
def keeps_case(user: Any, case: Any = None) -> bool:
    """Whoever entered it, a colleague who files for the unit, or who sees to it."""
    return case is not None and bool((can_view & (is_filer | sees_to_work)).test(user, case))


rules.add_perm("reports.add_work", works_in_a_unit)
rules.add_perm("reports.edit_work", keeps_case & is_editable)
rules.add_perm("reports.submit_work", keeps_case & asks_approval)
rules.add_perm("reports.close_work", keeps_case & ~asks_approval)
rules.add_perm("reports.send_work", keeps_case & asks_approval)
rules.add_perm("reports.take_up_work", keeps_case & ~asks_approval)
rules.add_perm("reports.drop_work", keeps_case)
rules.add_perm("reports.see_work_figures", rules.is_active)
rules.add_perm("reports.keep_totals", is_icd | is_administrator)


# --- parts of units: asked with the case ------------------------------------------------------------------------------


@rules.predicate
def is_of_the_unit(user: Any, case: Any = None) -> bool:
    """Works in the unit that is asked; whoever sent the call does not write for it."""
    principal = principal_of(user)
    return case is not None and case.unit_id in principal.own_unit_ids and any(principal.has(role) for role in FILERS)


@rules.predicate
def answers_for_unit(user: Any, case: Any = None) -> bool:
    """Its head, or its focal point where the head leaves it to them."""
    principal = principal_of(user)
    return case is not None and (principal.is_unit_head_of(case.unit_id) or principal.has(Role.FOCAL))


@rules.predicate
def is_open_part(user: Any, case: Any = None) -> bool:
    return case is not None and case.state in PartState.OPEN


rules.add_perm("reports.call_units", is_icd)
rules.add_perm("reports.write_part", can_view & is_of_the_unit & is_open_part)
rules.add_perm("reports.send_part", can_view & is_of_the_unit & answers_for_unit)
rules.add_perm("reports.receive_part", can_view & is_icd)


@rules.predicate
def speaks_for_unit(user: Any, opinion: Any = None) -> bool:
    """The head or the focal point of the unit that is asked for its opinion on a draft."""
    principal = principal_of(user)
    return (
        opinion is not None
        and opinion.unit_id in principal.own_unit_ids
        and (principal.is_unit_head_of(opinion.unit_id) or principal.has(Role.FOCAL))
    )


rules.add_perm("reports.say_opinion", speaks_for_unit)
