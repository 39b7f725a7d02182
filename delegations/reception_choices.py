"""The closed lists of receiving guests: norms, costs, programme, gifts (domain.md B.6, features.md R7, R8, D7)."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class NormClass(models.TextChoices):
    """The class by which a norm is chosen: that of the foreign guests, or our own people who sit with them."""

    SPECIAL = "special", pgettext_lazy("guest class", "Special")
    A = "A", pgettext_lazy("guest class", "Class A")
    B = "B", pgettext_lazy("guest class", "Class B")
    C = "C", pgettext_lazy("guest class", "Class C")
    OTHER = "other", pgettext_lazy("guest class", "Other foreign guests")
    DOMESTIC = "domestic", pgettext_lazy("guest class", "Domestic guests")
    ANY = "any", pgettext_lazy("guest class", "Every class")

    #: Classes of foreign guests.
    FOREIGN = nonmember(("special", "A", "B", "C", "other"))


class NormPart(models.TextChoices):
    """Whom in the delegation an amount is meant for."""

    ANY = "any", pgettext_lazy("norm", "everybody")
    HEAD = "head", pgettext_lazy("norm", "head of delegation")
    DEPUTY_HEAD = "deputy_head", pgettext_lazy("norm", "deputy head of delegation")
    MEMBER = "member", pgettext_lazy("norm", "member")


class ReceptionItem(models.TextChoices):
    """What is spent on guests."""

    HOTEL = "hotel", pgettext_lazy("reception", "Hotel")
    MEALS = "meals", pgettext_lazy("reception", "Daily meals")
    BANQUET = "banquet", pgettext_lazy("reception", "Banquet (once)")
    DRINKS = "drinks", pgettext_lazy("reception", "Drinks at meetings")
    FLOWERS = "flowers", pgettext_lazy("reception", "Flowers for the head of delegation")
    GIFTS = "gifts", pgettext_lazy("reception", "Gifts")
    FAREWELL_MEAL = "farewell_meal", pgettext_lazy("reception", "Farewell meal for an ambassador")
    FAREWELL_GIFT = "farewell_gift", pgettext_lazy("reception", "Farewell gift for an ambassador")
    TRANSLATION_IN = "translation_in", pgettext_lazy("reception", "Translation into Vietnamese")
    TRANSLATION_OUT = "translation_out", pgettext_lazy("reception", "Translation from Vietnamese")
    INTERPRETING = "interpreting", pgettext_lazy("reception", "Interpreting, consecutive")
    SIMULTANEOUS = "simultaneous", pgettext_lazy("reception", "Interpreting, simultaneous")
    CARS = "cars", pgettext_lazy("reception", "Cars")
    OTHER = "other", pgettext_lazy("reception", "Other")

    #: Items whose ceiling follows from pages or hours, so these have to be said.
    BY_QUANTITY = nonmember(("translation_in", "translation_out", "interpreting", "simultaneous"))
    #: Items without a norm in money.
    WITHOUT_NORM = nonmember(("cars", "other"))
    #: What a host spends also on guests who pay for themselves.
    ALWAYS = nonmember(("banquet", "drinks", "flowers", "gifts"))


class NormUnit(models.TextChoices):
    """For what one amount stands."""

    PERSON_NIGHT = "person_night", pgettext_lazy("norm", "person and night")
    PERSON_DAY = "person_day", pgettext_lazy("norm", "person and day")
    PERSON_HALF_DAY = "person_half_day", pgettext_lazy("norm", "person and half-day")
    PERSON = "person", pgettext_lazy("norm", "person")
    PAGE = "page", pgettext_lazy("norm", "page of 350 words")
    HOUR = "hour", pgettext_lazy("norm", "hour")


#: For what one amount of each item can stand; the usual one first.
UNITS_OF: dict[str, tuple[NormUnit, ...]] = {
    ReceptionItem.HOTEL: (NormUnit.PERSON_NIGHT,),
    ReceptionItem.MEALS: (NormUnit.PERSON_DAY,),
    ReceptionItem.BANQUET: (NormUnit.PERSON,),
    ReceptionItem.DRINKS: (NormUnit.PERSON_HALF_DAY, NormUnit.PERSON_DAY),
    ReceptionItem.FLOWERS: (NormUnit.PERSON,),
    ReceptionItem.GIFTS: (NormUnit.PERSON,),
    ReceptionItem.FAREWELL_MEAL: (NormUnit.PERSON,),
    ReceptionItem.FAREWELL_GIFT: (NormUnit.PERSON,),
    ReceptionItem.TRANSLATION_IN: (NormUnit.PAGE,),
    ReceptionItem.TRANSLATION_OUT: (NormUnit.PAGE,),
    ReceptionItem.INTERPRETING: (NormUnit.HOUR,),
    ReceptionItem.SIMULTANEOUS: (NormUnit.HOUR,),
}
#: Items whose amount may differ between head, deputies and members; of the others one amount holds for all, or for the head.
BY_PART_ITEMS = (ReceptionItem.HOTEL, ReceptionItem.GIFTS)
HEAD_ITEMS = (ReceptionItem.FLOWERS, ReceptionItem.FAREWELL_MEAL, ReceptionItem.FAREWELL_GIFT)


def parts_of(item: str) -> tuple[NormPart, ...]:
    """Whom an amount of this item may be meant for, so that it is ever found."""
    if item in BY_PART_ITEMS:
        return tuple(NormPart)
    return (NormPart.HEAD, NormPart.ANY) if item in HEAD_ITEMS else (NormPart.ANY,)


class PayMode(models.TextChoices):
    """Who pays for the guests (domain.md B.6)."""

    FULL = "full", pgettext_lazy("reception", "Our side pays everything")
    PARTLY = "partly", pgettext_lazy("reception", "Our side pays a part")
    GUEST = "guest", pgettext_lazy("reception", "The guests pay for themselves")


class CostRate(models.TextChoices):
    """By which share of its norm a line of translation or interpreting is reckoned (domain.md B.6)."""

    OTHER_LANGUAGE = "language", pgettext_lazy("reception", "Language outside the six of the United Nations")
    IN_HOUSE = "in_house", pgettext_lazy("reception", "Interpreted by our own staff")


#: Of which items a share is reckoned.
TRANSLATION = (ReceptionItem.TRANSLATION_IN, ReceptionItem.TRANSLATION_OUT)
INTERPRETING = (ReceptionItem.INTERPRETING, ReceptionItem.SIMULTANEOUS)
RATED: dict[str, tuple[ReceptionItem, ...]] = {CostRate.OTHER_LANGUAGE: TRANSLATION, CostRate.IN_HOUSE: INTERPRETING}


class HalfDay(models.TextChoices):
    """The halves in which a programme is written."""

    MORNING = "1_morning", pgettext_lazy("half-day", "Morning")
    AFTERNOON = "2_afternoon", pgettext_lazy("half-day", "Afternoon")
    EVENING = "3_evening", pgettext_lazy("half-day", "Evening")


class GiftDirection(models.TextChoices):
    """Which way a gift went."""

    GIVEN = "given", pgettext_lazy("gift", "Given")
    RECEIVED = "received", pgettext_lazy("gift", "Received")
