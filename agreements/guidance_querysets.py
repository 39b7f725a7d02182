"""Which questions, needs, news and invitations may somebody see, and which of them still wait?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

import rules
from django.db import models
from django.db.models import Exists, OuterRef

from agreements.guidance import NeedState, QuestionState
from intlcoop.catalogues.querysets import SearchableQuerySet
from intlcoop.people.principals import principal_of
from intlcoop.workflow.querysets import OfCaseQuerySet


class QuestionQuerySet(OfCaseQuerySet):
    case_kinds = ("question",)

    def unanswered(self) -> Self:
        return self.filter(case__state__in=QuestionState.UNANSWERED)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)


class NeedQuerySet(OfCaseQuerySet):
    case_kinds = ("need",)

    def unmet(self) -> Self:
        return self.filter(case__state__in=NeedState.UNMET)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)


class NewsQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What stands is for everybody with an account."""
        return self.filter(withdrawn_at__isnull=True) if rules.has_perm("agreements.view_news", user) else self.none()


class SubscriptionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of one's own units; the department sees whom it reaches."""
        if rules.has_perm("agreements.see_subscriptions", user):
            return self
        return self.filter(unit__in=principal_of(user).own_unit_ids)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(unit__in=unit_ids)


class InvitationQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What is open to all units, or to one's own; whoever sees everything that is submitted sees all of them."""
        if not rules.has_perm("agreements.view_invitations", user):
            return self.none()
        principal = principal_of(user)
        return self if principal.sees_everything_submitted else self.open_to_units(principal.own_unit_ids)

    def open_to_units(self, unit_ids: Any) -> Self:
        """Those for every unit, and those for one of these."""
        field: Any = self.model._meta.get_field("units")
        units = field.remote_field.through
        named = units.objects.filter(openinvitation=OuterRef("pk"))
        return self.filter(~Exists(named) | Exists(named.filter(orgunit__in=unit_ids)))

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def open_on(self, day: dt.date) -> Self:
        """Those for which a unit may still sign up."""
        return self.standing().filter(sign_up_by__gte=day)
