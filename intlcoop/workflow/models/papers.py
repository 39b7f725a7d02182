"""Files attached to a case, and the official papers that come out of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from intlcoop.documents.models import Attachment, Paper, generated_name, number_constraints
from intlcoop.workflow.choices import PaperKind
from intlcoop.workflow.models.case import Case
from intlcoop.workflow.querysets import OfCaseQuerySet


@tracked()
class CaseAttachment(Attachment):
    """A file handed in with a case. Which kinds there are, the kind of file says (`FileKind.attachment_kinds`)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=20)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta(Attachment.Meta):
        pass


@tracked()
class CasePaper(Paper):
    """An official paper of a case: first its draft in Word form, then signature, number and the signed scan (W002-04).

    A new draft after a return is a new row; the old one carries `superseded_at`.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind of paper"), max_length=20, choices=PaperKind)
    draft = models.FileField(_("draft in Word form"), upload_to=generated_name, max_length=100, blank=True)
    signed_for = models.CharField(
        _("signed for"), max_length=120, blank=True, default="", help_text=_("Whom the signatory stands in for.")
    )
    superseded_at = models.DateTimeField(null=True, editable=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta(Paper.Meta):
        constraints = [
            *Paper.Meta.constraints,
            *number_constraints("casepaper"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(superseded_at__isnull=True), name="casepaper_one_current_per_kind"
            ),
        ]
