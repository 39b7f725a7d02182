"""What units ask the department, and what was answered: kept, so that the next unit finds it (W002-09, U002-07)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.guidance_querysets import QuestionQuerySet
from agreements.models.partner import Partner
from intlcoop.audit.tracking import append_only, tracked
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case


@tracked()
class Question(models.Model):
    """One question. Its first line, the unit that asks, who wrote it and its state stand on its case (CH-…).

    `answering_unit` is empty while the department of cooperation answers; `about` is the file that it concerns.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="question")
    detail = models.TextField(_("question in full"), max_length=4000, blank=True)
    about = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("file that it concerns")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("partner")
    )
    due_on = models.DateField(_("answer due on"))
    answering_unit = models.ForeignKey(
        OrgUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions_to_answer",
        verbose_name=_("unit that answers"),
    )
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions_to_answer",
        verbose_name=_("who answers"),
    )
    is_shared = models.BooleanField(
        _("every unit may read question and answer"),
        default=False,
    )
    search_text = models.TextField(editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_on"], name="question_due_on")]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("agreements:question", args=[self.case.number])


class QuestionAnswer(models.Model):
    """What was answered. An answer is never changed: a question that is asked again gets another one."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.TextField(_("answer"), max_length=8000)
    basis = models.CharField(_("legal basis or document"), max_length=400, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("answered by")
    )
    author_name = models.CharField(_("name of who answered"), max_length=200, editable=False)
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, related_name="+", editable=False, verbose_name=_("unit that answers")
    )
    at = models.DateTimeField(_("answered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        triggers = append_only()

    def __str__(self) -> str:
        return self.text[:80]
