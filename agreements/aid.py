"""The closed lists of foreign-funded projects and aid, and in which half-years and years one owes a report. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectKind(models.TextChoices):
    """Decree 80/2020, article 3."""

    PROGRAMME = "programme", pgettext_lazy("aid", "Programme")
    PROJECT = "project", pgettext_lazy("aid", "Project")
    NON_PROJECT = "non_project", pgettext_lazy("aid", "Aid outside a project")


class AidNature(models.TextChoices):
    """What sort of money it is (C1 73-77)."""

    GRANT = "grant", _("Non-refundable aid")
    ODA = "oda", _("Official development assistance (ODA)")
    TECHNICAL = "technical", _("Technical assistance")
    NGO = "ngo", _("Aid of a foreign non-governmental organisation")


class AidTopic(models.TextChoices):
    """What the Prime Minister approves (Decree 80/2020, article 7); all else the head of the governing agency does."""

    NONE = "none", _("None of these")
    SECURITY = "security", _("Security")
    DEFENCE = "defence", _("Defence")
    RELIGION = "religion", _("Religion")
    LAW_DRAFTING = "law_drafting", _("Direct support for drafting legal documents")
    RESTRICTED_IMPORTS = "restricted_imports", _("Goods whose import is restricted")

    #: Those for the Prime Minister.
    OF_PM = nonmember(("security", "defence", "religion", "law_drafting", "restricted_imports"))


class MoneySource(models.TextChoices):
    GRANT = "grant", _("Aid")
    COUNTERPART = "counterpart", _("Counterpart funds")


class ProjectState(models.TextChoices):
    """domain.md C2: Vận động, Thẩm định, Phê duyệt, Thực hiện, Kết thúc, Thu hồi phê duyệt; and what lies between."""

    MOBILISING = "mobilising", _("Mobilising")
    APPRAISAL = "appraisal", _("Under appraisal")
    RETURNED = "returned", _("Returned for completion")
    APPROVED = "approved", pgettext_lazy("project", "Approved")
    IMPLEMENTING = "implementing", _("Being implemented")
    ADJUSTING = "adjusting", _("Being adjusted")
    CLOSED = "closed", pgettext_lazy("project", "Closed")
    WITHDRAWN = "withdrawn", _("Approval withdrawn")
    REJECTED = "rejected", pgettext_lazy("project", "Not approved")
    CANCELLED = "cancelled", _("Mobilising given up")

    #: The way of a project in order; what stands beside it on that way is counted with it.
    STAGES = nonmember(("mobilising", "appraisal", "approved", "implementing", "closed"))
    ENDED = nonmember(("closed", "withdrawn", "rejected", "cancelled"))


#: At which stage of the pipeline a file is counted.
STAGE_OF = {"returned": "appraisal", "adjusting": "approved"}


class ProjectFile(models.TextChoices):
    """What is handed in (Decree 80/2020, article 8) and what comes later."""

    REQUEST = "request", _("Letter of request")
    CONSENT = "consent", _("Written consent of the donor")
    DOCUMENT = "document", _("Document of the programme or project")
    LEGAL_STATUS = "legal_status", _("Papers on the donor's legal status")
    REGISTRATION = "registration", _("Registration of the foreign non-governmental organisation")
    TRANSLATION = "translation", _("Notarised Vietnamese translation")
    OPINION = "opinion", pgettext_lazy("document", "Opinion")
    DECISION = "decision", _("Decision of approval or withdrawal")
    REPORT = "report", pgettext_lazy("document", "Report")
    OTHER = "other", pgettext_lazy("document", "Other document")


class ReportKind(models.TextChoices):
    """Decree 80/2020, articles 13 to 15."""

    HALF_YEAR = "half_year", _("Six-month report")
    YEARLY = "yearly", _("Yearly report")
    COMPLETION = "completion", _("Completion report")


#: A project that says to run longer is taken to run so long when its reports are laid out.
MOST_YEARS = 20


def periods(first: dt.date, last: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """(kind, first day, last day) of each half-year and year that has a day of the project in it, in the order of their ends.

    The second half-year is reported with its year.
    """
    for year in range(first.year, min(last.year, first.year + MOST_YEARS) + 1):
        spans = (
            (ReportKind.HALF_YEAR, dt.date(year, 1, 1), dt.date(year, 6, 30)),
            (ReportKind.YEARLY, dt.date(year, 1, 1), dt.date(year, 12, 31)),
        )
        for kind, begins, ends in spans:
            if begins <= last and ends >= first:
                yield kind.value, begins, ends
