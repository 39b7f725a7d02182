"""A request behind the login, as Django's types cannot say it: somebody is there, and htmx may be asking."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from intlcoop.people.models import User


class PersonRequest(HttpRequest):
    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
