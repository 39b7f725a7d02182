"""Reads over reports. Every list starts at `visible_to`, which is the case's own rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


class YearEndReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def for_list(self) -> Self:
        """With all that a row of a list shows, in one query."""
        return self.select_related("case__created_by", "case__unit", "job", "snapshot")


class OutputQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the report may take its file."""
        reports = self.model._meta.get_field("report").related_model
        return self.filter(report__in=reports.objects.visible_to(user))
