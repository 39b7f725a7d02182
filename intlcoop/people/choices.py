"""The closed lists of this room: what kinds of units there are, and what an appointment can make of a person."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitClass(models.TextChoices):
    """Whether a unit is part of the ministry or attached to it (domain.md R-11)."""

    INTERNAL = "internal", _("Unit under the ministry")
    ATTACHED = "attached", _("Attached unit")


class UnitType(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department (vụ)")
    AUTHORITY = "authority", _("Authority (cục)")
    OFFICE = "office", _("Ministry office")
    INSPECTORATE = "inspectorate", _("Ministry inspectorate")
    ACADEMY = "academy", _("Academy")
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Institute")
    CENTRE = "centre", _("Centre")
    DIVISION = "division", _("Division")


class UnitFunction(models.TextChoices):
    """The part that a unit plays in everybody's files; most units play none."""

    NONE = "", _("none of these")
    LEADERSHIP = "leadership", _("Ministry leadership")
    ICD = "icd", _("International cooperation")
    PERSONNEL = "personnel", _("Personnel and organisation")
    FINANCE = "finance", _("Planning and finance")
    LEGAL = "legal", _("Legal affairs")
    CLERK = "clerk", _("Clerk's office")


class UnitChangeKind(models.TextChoices):
    """What a decision makes of units."""

    MERGE = "merge", _("Merger")
    RENAME = "rename", _("Change of name")
    SPLIT = "split", _("Division of a unit")


class Role(models.TextChoices):
    """What somebody is in a unit. Rights follow from role, unit and date (domain.md R-03..R-12, R-22)."""

    MINISTER = "minister", _("Minister")
    DEPUTY_MINISTER = "deputy_minister", _("Deputy Minister")
    HEAD = "head", _("Head of unit")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of unit")
    OFFICER = "officer", _("Official")
    FOCAL = "focal", _("Focal point for international cooperation")
    CLERK = "clerk", _("Clerk")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")

    #: Those who keep or check the portal and decide nothing in it.
    OUTSIDE_BUSINESS = nonmember(("administrator", "auditor"))
    #: Those who can stand at the head of something, or stand in for who does.
    LEADING = nonmember(("minister", "deputy_minister", "head", "deputy_head"))


class Rank(models.TextChoices):
    """The rank by which routes ask who leads a delegation, highest first."""

    MINISTER = "minister", _("Minister")
    DEPUTY_MINISTER = "deputy_minister", _("Deputy Minister")
    DIRECTOR = "director", _("Head or deputy head of a unit")
    OFFICIAL = "official", _("Official")


class LanguageLevel(models.TextChoices):
    """How well somebody speaks a language: the six levels of the Vietnamese framework, or the mother tongue."""

    LEVEL_1 = "1", _("Level 1 (A1)")
    LEVEL_2 = "2", _("Level 2 (A2)")
    LEVEL_3 = "3", _("Level 3 (B1)")
    LEVEL_4 = "4", _("Level 4 (B2)")
    LEVEL_5 = "5", _("Level 5 (C1)")
    LEVEL_6 = "6", _("Level 6 (C2)")
    NATIVE = "native", _("Mother tongue")


#: Languages that are offered where one is typed; any other may be typed.
LANGUAGES = (
    "Tiếng Anh", "Tiếng Pháp", "Tiếng Nga", "Tiếng Trung Quốc", "Tiếng Nhật", "Tiếng Hàn Quốc", "Tiếng Lào",
    "Tiếng Khmer", "Tiếng Thái Lan", "Tiếng Đức", "Tiếng Tây Ban Nha", "Tiếng Ả Rập",
    "Tiếng Tày", "Tiếng Thái", "Tiếng Mường", "Tiếng Mông", "Tiếng Nùng", "Tiếng Dao", "Tiếng Gia Rai",
    "Tiếng Ê Đê", "Tiếng Ba Na", "Tiếng Xơ Đăng", "Tiếng Cơ Ho", "Tiếng Chăm", "Tiếng Sán Chay", "Tiếng Hrê", "Tiếng Mnông",
)  # fmt: skip


class SignatureForm(models.TextChoices):
    """How a signature stands for somebody else's (Decree 30/2020, article 13)."""

    OWN = "", _("in own right")
    KT = "KT", _("for the head (KT.)")
    TL = "TL", _("by order (TL.)")
    TL_KT = "TL_KT", _("by order, for the head of unit (TL., KT.)")
    TUQ = "TUQ", _("by authorisation (TUQ.)")
