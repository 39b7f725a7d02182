"""In which language does this person read the portal, and how is the choice remembered?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600


def known_languages() -> set[str]:
    return {code for code, _name in settings.LANGUAGES}


def language_of(request: HttpRequest) -> str:
    """Profile, then cookie, else Vietnamese; Accept-Language says only with what the browser was sold."""
    wishes = [getattr(request.user, "language", ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    return next((wish for wish in wishes if wish in known_languages()), settings.LANGUAGE_CODE)


def remember_language(response: HttpResponse, language: str, *, actor: Any) -> None:
    """In a cookie for the login page, in the profile for every machine of this person."""
    set_year_cookie(response, settings.LANGUAGE_COOKIE_NAME, language)
    if actor.is_authenticated:
        actor.language = language
        actor.save(update_fields=["language"])


def set_year_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
