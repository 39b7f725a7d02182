"""The states of a job."""

from __future__ import annotations

import enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")

    # Work that is still owed; of these a kind with the same parameters stands at most once.
    LIVE = enum.nonmember(("queued", "running"))
    ENDED = enum.nonmember(("done", "failed", "cancelled"))
