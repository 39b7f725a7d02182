"""The case: one row per file, whatever its kind. Everything that is decided points here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import append_only, tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.querysets import CaseQuerySet


@tracked()
class Case(models.Model):
    """A file under way. `state` is written by the engine alone; `version` grows with every change of the file."""

    kind = models.CharField(_("kind"), max_length=20, editable=False)
    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=300)
    fold = models.TextField(editable=False, default="")
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="cases", verbose_name=_("unit"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases_created", verbose_name=_("filed by")
    )
    state = models.CharField(_("state"), max_length=20, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    content_hash = models.CharField(max_length=64, editable=False, default="")
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    first_submitted_at = models.DateTimeField(_("first submitted at"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    #: Told in words by StatusChange; the codes mean nothing to a reader of the history.
    history_hidden = ("kind", "state", "first_submitted_at", "submitted_at", "is_sample")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "state"], name="case_kind_state"),
            models.Index(fields=["unit", "kind"], name="case_unit_kind"),
        ]

    def __str__(self) -> str:
        return self.number


class NumberSeries(models.Model):
    """The last number given in a series of a year; the row's lock makes numbers unique under load."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="numberseries_unique")]


class StatusChange(models.Model):
    """One firing of a transition: who moved the file from where to where, and when. Never changed afterwards."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="status_changes")
    transition = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=120)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    request_id = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["pk"]
        triggers = append_only()


class ContentVersion(models.Model):
    """What a file said at one moment, by facets; a decision remembers the version it was taken on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="content_versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    changes_binding = models.BooleanField(
        default=True,
        help_text="False for a change of wording, or what a decision left out: its author may still decide.",
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="contentversion_unique")]


class CaseComment(models.Model):
    """A remark on a file. Kept through every round, never edited, never deleted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=4000)
    at = models.DateTimeField(auto_now_add=True)
    request_id = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["at", "pk"]
        triggers = append_only()
