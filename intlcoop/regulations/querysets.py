"""Reads over the rules: which of them may be seen, and which holds on a day."""

from __future__ import annotations

from typing import Any, Self

import rules
from django.db import models

from intlcoop.people.querysets import DatedQuerySet


class ReadableQuerySet(models.QuerySet):
    """Rules bind everybody, so everybody with an account may read them; only that is asked."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("regulations.view", user) else self.none()


class ParameterQuerySet(DatedQuerySet):
    """Parameters; `on(day)` gives at most one row per key."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("regulations.view", user) else self.none()
