"""Who may order and who may read reports. A report changes nothing, so an administrator may order one."""

from __future__ import annotations

from typing import Any

import rules

from intlcoop.people.principals import principal_of
from intlcoop.people.rules import is_administrator, is_icd, is_icd_head, is_leadership
from intlcoop.workflow.rules import can_view


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
