"""The closed lists of this room: the parts of the world by which the ministry counts its partners."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """By which reports group countries: North Africa with the Middle East, Mexico with Latin America."""

    SOUTHEAST_ASIA = "southeast_asia", _("Southeast Asia")
    NORTHEAST_ASIA = "northeast_asia", _("Northeast Asia")
    SOUTH_ASIA = "south_asia", _("South Asia")
    CENTRAL_ASIA = "central_asia", _("Central Asia")
    MIDDLE_EAST = "middle_east", _("Middle East and North Africa")
    EUROPE = "europe", _("Europe")
    AFRICA = "africa", _("Africa")
    NORTH_AMERICA = "north_america", _("North America")
    LATIN_AMERICA = "latin_america", _("Latin America and the Caribbean")
    OCEANIA = "oceania", _("Oceania")
