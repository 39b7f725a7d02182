"""Reads over visits that we receive. Every list starts at `visible_to`, which is the case's own rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, JSONObject, RowNumber

from delegations.choices import DatePrecision
from delegations.querysets import Folded
from delegations.visit_choices import GuestPart, InboundState
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


def _members() -> Any:
    found: Any = apps.get_model("delegations", "InboundMember")
    return found.objects.filter(visit=OuterRef("pk"))


def _steps() -> Any:
    related: Any = Case._meta.get_field("steps").related_model
    return related.objects.filter(case=OuterRef("case")).open()


class VisitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user, ("inbound",)))

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)

    def with_head(self) -> Self:
        """With name and post of the head, and the number of people: those on the list, or those announced if that is more."""
        members = _members()
        head = members.filter(part=GuestPart.HEAD)
        listed = members.order_by().values("visit").annotate(n=Count("pk")).values("n")
        whole = models.IntegerField()
        named = Coalesce(Subquery(listed, output_field=whole), 0)
        people = Greatest(named, Coalesce(F("persons"), 0, output_field=whole), output_field=whole)
        return self.annotate(
            head_name=Subquery(head.values("full_name")[:1]),
            head_post=Subquery(head.values("post")[:1]),
            people=people,
        )

    def for_list(self) -> Self:
        """With all that a row of a list shows, in this one query."""
        shown = JSONObject(
            kind="kind", office="office", acting="acting_office", body="body", due="due_on", opened="opened_at"
        )
        steps = _steps().order_by("position").values(json=shown)
        return (
            self.with_head()
            .select_related("case__unit", "partner", "country", "host")
            .annotate(waiting=ArraySubquery(steps))
        )

    def for_register(self, order: list[Any]) -> Self:
        """With what the register of visits asks beyond a list (domain.md B.3)."""
        running = models.Window(RowNumber(), order_by=order)
        return self.select_related("field", "imported").annotate(
            running=running, names=ArraySubquery(_members().order_by("position", "pk").values("full_name"))
        )

    def answering(self, text: str) -> Self:
        """Visits of which every word stands in the title, the partner, the country or a guest's name. Accents do not count;
        a word in another script is looked for in the names as it is written."""
        found = self
        for word in text.split():
            plain = fold(word)
            if not plain.isascii() or not plain.strip():
                found = found.filter(
                    Exists(_members().filter(full_name__icontains=word)) | Q(case__title__icontains=word)
                )
                continue
            people = _members().annotate(plain=Folded(F("full_name"))).filter(plain__contains=plain)
            found = found.alias(body=Folded(F("partner_text"))).filter(
                Q(case__fold__contains=plain)
                | Q(body__contains=plain)
                | Q(partner__search_text__contains=plain)
                | Q(country__search_text__contains=f" {plain}")
                | Exists(people)
            )
        return found

    def counted(self) -> Self:
        """Visits that took place: the ones that reports count."""
        return self.filter(case__state__in=InboundState.COUNTED)

    def arriving_in(self, first: dt.date, last: dt.date) -> Self:
        """A visit counts in the window of its arrival (contracts.md)."""
        return self.filter(arrives_on__range=(first, last))

    def here_on(self, day: dt.date) -> Self:
        return self.filter(
            arrives_on__lte=day,
            leaves_on__gte=day,
            date_precision=DatePrecision.DAY,
            case__state__in=(*InboundState.EXPECTED, InboundState.RECEIVED),
        )


class OfVisitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the visit reads what hangs on it."""
        visits = self.model._meta.get_field("visit").related_model
        return self.filter(visit__in=visits.objects.visible_to(user))


class PreparationItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the trip or the visit reads how it is prepared."""
        trips, visits = (apps.get_model("delegations", name) for name in ("OutboundDelegation", "InboundDelegation"))
        of_trip = Q(delegation__in=trips.objects.visible_to(user))
        return self.filter(of_trip | Q(visit__in=visits.objects.visible_to(user)))
