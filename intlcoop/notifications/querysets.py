"""Reads over notices."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import ExpressionWrapper, Q


class NoticeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A notice is read by nobody but its recipient, administrators included."""
        return self.filter(recipient=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> Self:
        is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=models.BooleanField())
        return self.order_by(is_read.asc(), "-created_at", "-pk")
