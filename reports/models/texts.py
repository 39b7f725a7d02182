"""What editors write in the place of composed text. The composed text stays in the snapshot, the edited one stands here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.tracking import tracked
from reports.models.year_end import YearEndReport
from reports.querysets import OfReportQuerySet


@tracked()
class SectionText(models.Model):
    """The text of one section by hand, printed instead of its composed paragraphs and lists; tables and charts stay.

    `basis`: what the composed text said when this was written, {"version", "figures": {ref: said}, "composed": [text, ..]},
    so that a page can tell which edited sections no longer match their figures (queries.sections.drift_of).
    """

    report = models.ForeignKey(YearEndReport, models.PROTECT, related_name="texts")
    key = models.CharField(_("section"), max_length=80)
    text = models.TextField(_("text by hand"), max_length=20000)
    basis = models.JSONField(default=dict, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("edited by")
    )
    edited_at = models.DateTimeField(_("edited at"), editable=False)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a section")
        verbose_name_plural = _("texts of sections")
        ordering = ["report", "key"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="sectiontext_one_per_section")]

    def __str__(self) -> str:
        return f"{self.report} · {self.key}"
