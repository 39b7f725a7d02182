"""The board of invitations that units may take up, and who signed up for them (U002-04)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.choices import SessionFormat
from agreements.guidance import InvitationKind, SignUpAnswer
from agreements.guidance_querysets import InvitationQuerySet
from agreements.models.partner import Partner
from intlcoop.audit.tracking import tracked
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@tracked()
class OpenInvitation(models.Model):
    """An invitation that the department puts before the units. Without `units` it is open to all of them."""

    kind = models.CharField(_("kind"), max_length=12, choices=InvitationKind)
    title = models.CharField(_("about what"), max_length=300)
    content = models.TextField(_("content"), max_length=8000, blank=True)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("who invites")
    )
    organiser = models.CharField(_("who invites, if not in the address book"), max_length=200, blank=True)
    fields = models.ManyToManyField(
        CooperationField, blank=True, related_name="+", verbose_name=_("fields of cooperation")
    )
    format = models.CharField(_("form"), max_length=10, choices=SessionFormat, default=SessionFormat.IN_PERSON)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    sign_up_by = models.DateField(_("sign up until"))
    seats = models.PositiveSmallIntegerField(_("number of places"), null=True, blank=True)
    who_pays = models.CharField(_("who pays what"), max_length=300, blank=True)
    conditions = models.CharField(_("who may take part"), max_length=500, blank=True)
    letter = models.CharField(_("invitation letter (number, date)"), max_length=200, blank=True)
    units = models.ManyToManyField(
        OrgUnit, blank=True, related_name="open_invitations", verbose_name=_("open only to these units")
    )
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", editable=False, verbose_name=_("unit that publishes")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("author")
    )
    published_on = models.DateField(_("published on"), editable=False)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    withdrawn_reason = models.CharField(_("why it was taken back"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    search_text = models.TextField(editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("open invitation")
        verbose_name_plural = _("open invitations")
        ordering = ["sign_up_by", "pk"]
        constraints = [
            models.CheckConstraint(
                name="openinvitation_days_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="openinvitation_sign_up_before_it_begins",
                condition=Q(sign_up_by__lte=F("starts_on")),
                violation_error_message=_("Units must have signed up before the activity begins."),
            ),
            models.CheckConstraint(
                name="openinvitation_has_host",
                condition=Q(partner__isnull=False) | ~Q(organiser=""),
                violation_error_message=_("Say who invites."),
            ),
        ]
        indexes = [models.Index(fields=["sign_up_by"], name="openinvitation_sign_up_by")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:invitation", args=[self.pk])

    @property
    def host(self) -> str:
        return str(self.partner) if self.partner is not None else self.organiser


@tracked()
class InvitationSignUp(models.Model):
    """A unit that wants to take part: whom it proposes, what the department answered, which trip came of it."""

    invitation = models.ForeignKey(
        OpenInvitation, models.PROTECT, related_name="sign_ups", verbose_name=_("invitation")
    )
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="sign_ups", verbose_name=_("unit"))
    persons = models.PositiveSmallIntegerField(_("number of persons"), default=1)
    names = models.TextField(_("who is proposed"), max_length=1000, blank=True)
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=SignUpAnswer, default=SignUpAnswer.WAITING)
    answer_note = models.CharField(_("note to the unit"), max_length=500, blank=True)
    trip = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("file of the trip"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("signed up by")
    )
    at = models.DateTimeField(_("signed up at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)

    class Meta:
        verbose_name = _("sign-up for an invitation")
        verbose_name_plural = _("sign-ups for invitations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "unit"],
                condition=Q(withdrawn_at__isnull=True),
                name="invitationsignup_once",
                violation_error_message=_("Your unit has signed up already."),
            ),
            models.CheckConstraint(
                name="invitationsignup_has_persons",
                condition=Q(persons__gte=1),
                violation_error_message=_("At least one person takes part."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation} · {self.unit}"
