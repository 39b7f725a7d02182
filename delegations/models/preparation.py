"""How a trip or a visit is prepared: the tasks of the two checklists as dated rows, and what became of them on each file.

The list of a trip is not stored: it follows from its countries, its travellers and the tasks in force on the day of
departure (queries.preparation). A row exists only for a task that somebody took on, did or set aside.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from delegations.choices import (
    Anchor,
    Checklist,
    Particulars,
    PassportKind,
    PreparationCondition,
    PreparationState,
    PreparedFor,
    PreparedKind,
)
from delegations.models.inbound import InboundDelegation
from delegations.models.outbound import OutboundDelegation
from delegations.querysets import PreparationTaskQuerySet
from delegations.visit_querysets import PreparationItemQuerySet
from intlcoop.audit.tracking import tracked
from intlcoop.people.models import WHOLE_DAYS, Dated
from intlcoop.regulations.choices import parameter_keys
from intlcoop.regulations.models import Instrument
from intlcoop.web.naming import TwoNames


@tracked()
class PreparationTask(TwoNames, Dated):
    """A task of a checklist as it holds for trips that depart in a span of days, or visits that arrive in it. Never edited in
    place once it holds.

    The due day lies `working_days` before departure or after return; where `parameter` is named, its value counts instead.
    Of a visit the day of arrival stands for departure, that of the guests' leaving for return. A task that `raises_alarm` and
    is open shortly before arrival is shown in red.
    """

    file_kind = models.CharField(_("prepares"), max_length=10, choices=PreparedKind, default=PreparedKind.OUTBOUND)
    code = models.SlugField(_("code"), max_length=40)
    checklist = models.CharField(_("checklist"), max_length=10, choices=Checklist)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    prepared_for = models.CharField(_("stands in the list"), max_length=10, choices=PreparedFor)
    condition = models.CharField(_("asked"), max_length=20, choices=PreparationCondition, blank=True)
    particulars = models.CharField(_("written down with it"), max_length=10, choices=Particulars, blank=True)
    anchor = models.CharField(_("counted"), max_length=10, choices=Anchor, default=Anchor.DEPARTURE)
    working_days = models.PositiveSmallIntegerField(_("working days"))
    parameter = models.CharField(_("or the value of"), max_length=60, choices=parameter_keys, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal instrument")
    )
    citation = models.CharField(_("legal basis"), max_length=300)
    needs_check = models.BooleanField(_("to be checked"), default=True)
    raises_alarm = models.BooleanField(
        _("red alarm shortly before guests arrive"),
        default=False,
        help_text=_(
            "Of visits only: what is still open on these days is shown in red on the first page and in the morning mail."
        ),
    )
    reason = models.CharField(_("why it was changed"), max_length=300, blank=True)

    objects = PreparationTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of the checklists")
        verbose_name_plural = _("tasks of the checklists")
        ordering = ["checklist", "position", "code", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="preparationtask_one_wording_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (WHOLE_DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("This task has another wording in these days."),
            ),
            models.CheckConstraint(
                name="preparationtask_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]


@tracked()
class PreparationItem(models.Model):
    """What became of one task on one trip or visit. `subject`: "" for the file, "c-th" for a country, "p-12" for a traveller.

    A traveller is known by person or name, not by the row of the list, which is written anew whenever the list changes.
    Of a passport only kind and last day are kept, never the number.
    """

    delegation = models.ForeignKey(
        OutboundDelegation, models.CASCADE, null=True, blank=True, related_name="preparation", editable=False
    )
    visit = models.ForeignKey(
        InboundDelegation, models.CASCADE, null=True, blank=True, related_name="preparation", editable=False
    )
    code = models.SlugField(_("task"), max_length=40)
    subject = models.CharField(max_length=140, blank=True)
    name = models.CharField(_("what"), max_length=340)
    state = models.CharField(
        _("state"), max_length=10, choices=PreparationState, default=PreparationState.OPEN, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("marked by"),
    )
    document_number = models.CharField(_("number of the document"), max_length=60, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    passport_kind = models.CharField(_("kind of passport"), max_length=10, choices=PassportKind, blank=True)
    passport_expires_on = models.DateField(_("passport valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reason = models.CharField(_("why it is not needed"), max_length=300, blank=True)

    objects = PreparationItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of the preparation")
        verbose_name_plural = _("tasks of the preparation")
        ordering = ["delegation", "code", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["delegation", "code", "subject"], name="preparationitem_unique"),
            models.UniqueConstraint(fields=["visit", "code", "subject"], name="preparationitem_once_per_visit"),
            models.CheckConstraint(
                name="preparationitem_of_one_file",
                condition=Q(delegation__isnull=True) ^ Q(visit__isnull=True),
            ),
            models.CheckConstraint(
                name="preparationitem_done_when",
                condition=~Q(state=PreparationState.DONE) | Q(done_on__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="preparationitem_not_needed_why",
                condition=~Q(state=PreparationState.NOT_NEEDED) | ~Q(reason=""),
                violation_error_message=_("Say why it is not needed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
