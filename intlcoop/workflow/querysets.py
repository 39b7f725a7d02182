"""Reads over cases and steps. Every list of files starts at `visible_to`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

import rules
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intlcoop.people.principals import principal_of
from intlcoop.people.querysets import DatedQuerySet
from intlcoop.workflow import registry
from intlcoop.workflow.choices import StepState

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Units whose people see only the files that passed, or are to pass, their office.
OPINION_FUNCTIONS = ("personnel", "finance", "legal", "clerk")
OFFICES_OF_FUNCTION = {
    "personnel": "org_personnel",
    "finance": "finance",
    "legal": "legal",
    "clerk": "clerk",
}


class CaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User, kinds: Collection[str] = ()) -> Self:
        """The files that this person may read.

        Everybody: own files, and files they travel in once submitted. A unit's people: their unit's files, drafts
        included. The ICD, the leadership, auditors and administrators: every submitted file (W002-07, W002-08).
        Opinion-giving offices and the clerk: submitted files with a step of theirs. Besides, what a kind opens to them.

        Whoever looks for files of some kinds names them: what the other kinds open is not asked then, and asking it is
        most of the work of this question. Files of a kind that is not named may or may not be among the answers.
        """
        principal = principal_of(user)
        if not user.is_active:
            return self.none()
        allowed = Q(created_by=user) | registry.opened_to(user, kinds)
        if principal.own_unit_ids:
            allowed |= Q(unit__in=principal.own_unit_ids)
        submitted = Q(first_submitted_at__isnull=False)
        if principal.sees_everything_submitted:
            return self.filter(allowed | submitted)
        step_model = self.model._meta.get_field("steps").related_model
        offices = [OFFICES_OF_FUNCTION[name] for name in OPINION_FUNCTIONS if principal.has_function(name)]
        mine = Q(assigned_to=user)
        if offices:
            mine |= Q(office__in=offices) | Q(acting_office__in=offices)
        with_step = Exists(step_model.objects.filter(mine, case=OuterRef("pk")))
        return self.filter(allowed | (submitted & (Q(with_step) | registry.takes_part(user, kinds))))

    def of_kind(self, code: str) -> Self:
        return self.filter(kind=code)


class OfCaseQuerySet(models.QuerySet[Any]):
    """Rows that hang on a case: whoever reads the case reads them."""

    #: The kinds of these cases, where they are known.
    case_kinds: tuple[str, ...] = ()

    def visible_to(self, user: User) -> Self:
        case_model = self.model._meta.get_field("case").related_model
        return self.filter(case__in=case_model.objects.visible_to(user, self.case_kinds))

    def current(self) -> Self:
        field = "superseded_at" if hasattr(self.model, "superseded_at") else "withdrawn_at"
        return self.filter(**{f"{field}__isnull": True})


class RouteRuleQuerySet(DatedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Rules bind everybody, so everybody with an account reads them; drafts are for those who write and test them."""
        if not rules.has_perm("workflow.view_routes", user):
            return self.none()
        return self if rules.has_perm("workflow.test_rules", user) else self.published()

    def published(self) -> Self:
        return self.filter(is_draft=False)

    def applying(self, kind: str, on: dt.date) -> Self:
        """What files of this kind meet on this day, in the order in which rules are asked."""
        rows = self.published().filter(kind=kind, is_enabled=True).on(on)
        return rows.select_related("instrument").prefetch_related("steps").order_by("priority", "code", "-version")


class StepQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """The route as it stands: the newest row of each position."""
        return self.filter(superseded_at__isnull=True)

    def open(self) -> Self:
        return self.current().filter(state=StepState.OPEN)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())
