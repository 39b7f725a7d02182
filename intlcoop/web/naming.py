"""Rows that have a name in both languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


class TwoNames(models.Model):
    """Shown by its name in the language of the page. Whoever takes it on has `name_vi`, and a `name_en` that may be empty."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_vi  # type: ignore[attr-defined]
