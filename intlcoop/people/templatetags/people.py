"""{% load people %}: what an appointment is called, in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from intlcoop.people.models import Appointment
from intlcoop.people.offices import title_of

register = template.Library()


@register.simple_tag
def office_title(appointment: Appointment) -> str:
    """{% office_title row %}: "Phó Vụ trưởng phụ trách"; the table of titles is read once per request."""
    return title_of(appointment, get_language() or "vi")
