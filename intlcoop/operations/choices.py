"""The closed lists of this room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """A register is looked at first; only then it is taken over, or put aside."""

    CHECKED = "checked", _("Checked, not taken over yet")
    SAVED = "saved", _("Taken over")
    DISCARDED = "discarded", _("Put aside")
