"""Reads over reports and other work. Every list starts at `visible_to`, which is the case's own rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import rules
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate

from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number
from intlcoop.workflow.models import Case
from intlcoop.workflow.querysets import OfCaseQuerySet
from reports.choices import PartState, WorkKind, WorkState

if TYPE_CHECKING:
    from intlcoop.people.models import User


class YearEndReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user, ("year_end",)))

    def for_list(self) -> Self:
        """With all that a row of a list shows, in one query."""
        return self.select_related("case__created_by", "case__unit", "job")


class OfReportQuerySet(models.QuerySet[Any]):
    """Rows of a report: whoever reads the report reads them."""

    def visible_to(self, user: User) -> Self:
        reports = self.model._meta.get_field("report").related_model
        return self.filter(report__in=reports.objects.visible_to(user))


class OutputQuerySet(OfReportQuerySet):
    """Files of reports: whoever reads the report may take them."""


class WorkQuerySet(OfCaseQuerySet):
    """The register of other work; whoever reads the case reads the item."""

    case_kinds = ("work",)

    def for_list(self) -> Self:
        return self.select_related("case__unit", "case__created_by", "owner", "partner")

    def unfinished(self) -> Self:
        return self.filter(case__state__in=WorkState.UNFINISHED)

    def counted(self) -> Self:
        """All but what was given up."""
        return self.exclude(case__state__in=WorkState.GIVEN_UP)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)

    def owing(self) -> Self:
        """Somebody still has to answer by a day."""
        return self.unfinished().filter(kind__in=WorkKind.REPLIED, due_on__isnull=False)

    def overdue(self, on: dt.date) -> Self:
        return self.owing().filter(due_on__lt=on)

    def begun(self) -> Self:
        """Without the courses of which no day is known and nobody said that they were held: they may be only a wish."""
        return self.exclude(kind=WorkKind.TRAINING, starts_on__isnull=True, case__state__in=WorkState.UNFINISHED)

    def dated(self) -> Self:
        """With the day on which each counts: of its request, its beginning, its reply, else the day it was entered."""
        entered = TruncDate("case__created_at")
        return self.annotate(counts_on=Coalesce("request_on", "starts_on", "reply_on", entered))

    def between(self, first: dt.date, last: dt.date) -> Self:
        return self.dated().filter(counts_on__gte=first, counts_on__lte=last)

    def begun_in_year(self, year: int) -> Self:
        return self.between(dt.date(year, 1, 1), dt.date(year, 12, 31))

    def answering(self, text: str) -> Self:
        """Those that every word of a text fits: number, title, body, number of a paper, partner, who sees to it."""
        if number := normalise_number(text):
            return self.filter(case__number__startswith=number)
        found = self
        for word in fold(text).split():
            found = found.filter(
                Q(case__fold__contains=word)
                | Q(search_text__contains=word)
                | Q(partner__search_text__contains=word)
                | Q(owner__search_text__contains=word)
            )
        return found


class OfWorkQuerySet(models.QuerySet[Any]):
    """Rows of an item: whoever reads the item reads them."""

    def visible_to(self, user: User) -> Self:
        items = self.model._meta.get_field("item").related_model
        return self.filter(item__in=items.objects.visible_to(user))


class RecordedTotalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """They come from published reports: everybody with an account reads them."""
        return self if rules.has_perm("reports.see_work_figures", user) else self.none()

    def within(self, first: dt.date, last: dt.date) -> Self:
        """Those that were counted inside a window. One since nobody knows when lies inside none."""
        return self.filter(first_day__gte=first, last_day__lte=last)

    def as_of(self, day: dt.date) -> Self:
        """Those that stand as of a day, since nobody knows when."""
        return self.filter(first_day__isnull=True, last_day=day)


class ReportCallQuerySet(models.QuerySet[Any]):
    """Who reads reports reads all calls; a unit those in which it is asked."""

    def visible_to(self, user: User) -> Self:
        if rules.has_perm("reports.read", user):
            return self
        return self.filter(parts__unit__in=principal_of(user).own_unit_ids).distinct()


class PartQuerySet(OfCaseQuerySet):
    """Parts of units; whoever reads the case reads the part."""

    def for_list(self) -> Self:
        return self.select_related("case__unit", "case__created_by", "call", "unit")

    def accepted(self) -> Self:
        return self.filter(case__state=PartState.ACCEPTED)


class OfPartQuerySet(models.QuerySet[Any]):
    """Rows of a part: whoever reads the part reads them."""

    def visible_to(self, user: User) -> Self:
        parts = self.model._meta.get_field("part").related_model
        return self.filter(part__in=parts.objects.visible_to(user))


class OpinionQuerySet(models.QuerySet[Any]):
    """Who reads reports reads all opinions on those that they read; a unit its own."""

    def visible_to(self, user: User) -> Self:
        if rules.has_perm("reports.read", user):
            report = self.model._meta.get_field("round").related_model._meta.get_field("report").related_model
            return self.filter(round__report__in=report.objects.visible_to(user))
        return self.filter(unit__in=principal_of(user).own_unit_ids)
