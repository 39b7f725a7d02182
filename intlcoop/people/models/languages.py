"""Which languages people speak, how well, and who would like to learn (U000-09)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from intlcoop.people.choices import LanguageLevel
from intlcoop.people.models.offices import User
from intlcoop.people.querysets import LanguageQuerySet


@pghistory.track(exclude=["key"])
class StaffLanguage(models.Model):
    """One language of one person, foreign or of an ethnic group. `key` is its name as it is compared (languages.key_of)."""

    person = models.ForeignKey(User, models.PROTECT, related_name="languages", verbose_name=_("person"))
    name = models.CharField(_("language spoken"), max_length=60)
    key = models.CharField(max_length=60, editable=False)
    level = models.CharField(_("level of knowledge"), max_length=8, choices=LanguageLevel, blank=True)
    certificate = models.CharField(_("certificate (name, marks, year)"), max_length=200, blank=True)
    interprets = models.BooleanField(_("can interpret at a meeting"), default=False)
    wants_training = models.BooleanField(_("would like further training"), default=False)
    told_on = models.DateField(_("as of"), editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    history_name = ("person", "name")

    objects = LanguageQuerySet.as_manager()

    class Meta:
        verbose_name = _("language of a person")
        verbose_name_plural = _("languages of people")
        ordering = ["key", "person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="stafflanguage_once",
                violation_error_message=_("This language stands with the person already."),
            ),
        ]
        indexes = [models.Index(fields=["key"], name="stafflanguage_key")]

    def __str__(self) -> str:
        return self.name
