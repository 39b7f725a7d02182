"""Reads over what belongs to the reception of guests: whoever reads the file reads what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from delegations.querysets import Folded
from intlcoop.people.principals import principal_of
from intlcoop.people.querysets import DatedQuerySet
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


class ReceptionNormQuerySet(DatedQuerySet):
    def visible_to(self, user: User) -> Self:
        """Norms are law: everybody who logs in reads them."""
        return self if user.is_authenticated else self.none()


class OfCase(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))


class OfRecord(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(record__in=apps.get_model("delegations", "MeetingRecord").objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class GiftQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """With its file; a gift of no file is known to its unit, and to whoever sees everything."""
        principal = principal_of(user)
        of_file = Q(case__in=Case.objects.visible_to(user))
        if principal.sees_everything_submitted:
            return self.filter(of_file | Q(case__isnull=True))
        return self.filter(of_file | Q(case__isnull=True, org_unit__in=principal.own_unit_ids))

    def current(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(org_unit__in=unit_ids)

    def answering(self, text: str) -> Self:
        """Gifts of which every word stands in what it is, who gave it, who got it, or who made it. Accents do not count."""
        found = self
        for word in fold(text).split():
            names = ("description", "giver", "receiver", "maker")
            found = found.alias(**{f"plain_{name}": Folded(F(name)) for name in names})
            wanted = Q(case__fold__contains=word)
            for name in names:
                wanted |= Q(**{f"plain_{name}__contains": word})
            found = found.filter(wanted)
        return found
