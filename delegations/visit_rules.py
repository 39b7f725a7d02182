"""Who may do what with visits that we receive. What a person may see is the case's own rule (workflow)."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from delegations.visit_choices import InboundState, VisitForm
from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of

#: Who in a unit files its visits: everybody who works there, except those who only read or administer.
FILERS = (Role.OFFICER, Role.FOCAL, Role.HEAD, Role.DEPUTY_HEAD)


@rules.predicate
def files_visits(user: Any) -> bool:
    """Works in a unit of the ministry and so may file visits for it."""
    return user.is_authenticated and any(principal_of(user).has(role) for role in FILERS)


@rules.predicate
def sees_visit(user: Any, visit: Any) -> bool:
    return visit is not None and rules.has_perm("workflow.view_case", user, visit.case)


@rules.predicate
def runs_visit(user: Any, visit: Any) -> bool:
    """The filer and the filing unit; and the ICD, which keeps the protocol of every visit that it reads."""
    if visit is None or not rules.has_perm("workflow.view_case", user, visit.case):
        return False
    return principal_of(user).is_icd or bool(rules.has_perm("workflow.submit_case", user, visit.case))


@rules.predicate
def runs_visit_case(user: Any, case: Any) -> bool:
    return case is not None and runs_visit.test(user, case.inbound)


@rules.predicate
def is_open(user: Any, visit: Any) -> bool:
    return visit is not None and visit.case.state in InboundState.OPEN


@rules.predicate
def has_begun(user: Any, visit: Any) -> bool:
    """The guests are here, or were: also of a visit that was agreed to and is not yet marked as received."""
    if visit is None:
        return False
    if visit.case.state in (InboundState.RECEIVED, InboundState.REPORT_DUE):
        return True
    come = visit.arrives_on is not None and visit.arrives_on <= timezone.localdate()
    return come and visit.case.state in InboundState.EXPECTED


@rules.predicate
def is_prepared(user: Any, visit: Any) -> bool:
    """Nothing is prepared for a visit that does not take place, nor by checklists for a guest who lives here."""
    return visit is not None and visit.form == VisitForm.FULL and visit.case.state not in InboundState.CALLED_OFF


@rules.predicate
def comes_from_abroad(user: Any, case: Any) -> bool:
    return case is not None and case.inbound.form == VisitForm.FULL


@rules.predicate
def looks_over_reports(user: Any, case: Any) -> bool:
    """The ICD may ask for more, though not about a visit that it filed itself."""
    return case is not None and principal_of(user).is_icd and case.created_by_id != user.pk


rules.add_perm("delegations.add_visit", files_visits)
rules.add_perm("delegations.view_visit", sees_visit)
rules.add_perm("delegations.run_visit", runs_visit)
rules.add_perm("delegations.run_visit_case", runs_visit_case)
rules.add_perm("delegations.begin_visit_preparation", runs_visit_case & comes_from_abroad)
rules.add_perm("delegations.edit_visit", runs_visit & is_open)
rules.add_perm("delegations.write_visit_result", runs_visit & has_begun)
rules.add_perm("delegations.prepare_visit", runs_visit & is_prepared)
rules.add_perm("delegations.ask_visit_report", looks_over_reports)
