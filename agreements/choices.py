"""The closed lists of this app: what kinds of partners the ministry has."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.TextChoices):
    FOREIGN_MINISTRY = "foreign_ministry", _("Foreign ministry or agency")
    EMBASSY = "embassy", _("Embassy or consulate")
    UN_AGENCY = "un_agency", _("United Nations agency")
    IFI = "ifi", _("International financial institution")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    INGO = "ingo", _("International non-governmental organisation")
    NGO = "ngo", _("Non-governmental organisation")
    UNIVERSITY = "university", _("University or institute")
    ARCHIVE = "archive", _("Archive")
    DONOR_GROUP = "donor_group", _("Group of donors")
    OTHER = "other", _("Other")
