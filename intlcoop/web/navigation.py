"""What stands around the page: the ministry's name, the places of the rail, the theme. Rooms above register theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from intlcoop.web import retained

THEME_COOKIE = "giao_dien"
THEMES = ("light", "dark")
OWN_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place in the rail. `visible` is asked with the person; `url_name` takes no arguments."""

    key: str
    label: Any
    url_name: str
    icon: str
    order: int
    visible: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as this page shows it."""

    label: str
    url: str
    icon: str
    current: bool


_entries: dict[str, Entry] = {}
_ministry: list[Callable[[], str]] = []


def everybody(user: Any) -> bool:
    return True


def register_entry(
    key: str, label: Any, url_name: str, icon: str, order: int, visible: Callable[[Any], bool] = everybody
) -> None:
    """Put a place into the rail; the same key again replaces it. `icon` is a heroicons name."""
    _entries[key] = Entry(key=key, label=label, url_name=url_name, icon=icon, order=order, visible=visible)


def register_ministry_name(name: Callable[[], str]) -> None:
    """Let a room above tell the ministry's name, in the language of the page."""
    _ministry[:] = [name]


def theme_of(request: HttpRequest) -> str:
    wish = request.COOKIES.get(THEME_COOKIE, "")
    return wish if wish in THEMES else THEMES[0]


def ministry_name() -> str:
    """The registered name, or the portal's own when there is none or the database is away."""
    try:
        registered = _ministry[0]() if _ministry else ""
    except DatabaseError:
        registered = ""
    return registered or gettext("International Cooperation Portal")


def rail_for(request: HttpRequest) -> list[Place]:
    """The places that this person may enter, the one of this page marked."""
    places: list[Place] = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        if entry.visible(request.user):
            inside = request.path == url or (url != "/" and request.path.startswith(url))
            places.append(Place(str(entry.label), url, entry.icon, inside))
    # A place within another ("Quản trị") is the current one alone.
    nearest = max((len(place.url) for place in places if place.current), default=0)
    return [replace(place, current=place.current and len(place.url) == nearest) for place in places]


class Frame:
    """Computed only as far as the template asks, so that a fragment or an error page costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def ministry(self) -> str:
        return ministry_name()

    @cached_property
    def places(self) -> list[Place]:
        return rail_for(self.request)

    @property
    def theme(self) -> str:
        return theme_of(self.request)

    @cached_property
    def kept(self) -> retained.Kept | None:
        """What this person typed before the session ended, and no form has taken back yet."""
        return retained.kept_for(self.request)

    @property
    def kept_here(self) -> bool:
        return self.kept is not None and self.kept.page.split("?")[0] == self.request.path

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        """(code, own name) of the languages that this page is not written in."""
        return [(code, name) for code, name in OWN_NAMES.items() if code != get_language()]
