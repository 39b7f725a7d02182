"""What a person typed is not lost when the session ended meanwhile (features.md, complaint 5).

Every form of ours carries a signed field that says whose page it was. When such a form arrives and its person is no
longer logged in, or logged in again in another tab, its text is kept in the session for half an hour, bound to that
person. After the login the page opens again: a form that asks `typed(request)` is filled; for any other the frame
offers the text and a button that sends it again. Files cannot be kept, and passwords are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext

FIELD = "_nguoi_dung"
SALT = "intlcoop.web.retained"
SESSION_KEY = "noi_dung_da_nhap"
KEPT_FOR = dt.timedelta(minutes=30)
PAGE_MAX_AGE = dt.timedelta(days=7)
MAX_CHARACTERS = 500_000
SHOWN_FROM = 12


@dataclass(slots=True)
class Kept:
    """The text of one form. `page` is where it was typed, `action` where it was sent; both are paths of ours.

    `on_purpose`: its writer left the form to do something else first and comes back to it; no session has ended.
    """

    person: str
    page: str
    action: str
    fields: list[tuple[str, list[str]]]
    files: list[str]
    until: dt.datetime
    on_purpose: bool = False
    used: bool = field(default=False, compare=False)

    @property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.fields:
            data.setlist(name, values)
        return data

    @property
    def texts(self) -> list[str]:
        return texts_of(self.data)

    def to_session(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "page": self.page,
            "action": self.action,
            "fields": self.fields,
            "files": self.files,
            "until": self.until.isoformat(),
            "on_purpose": self.on_purpose,
        }


def hidden_field(request: HttpRequest) -> SafeString:
    """Whose page this is and which; nothing for a stranger."""
    if not request.user.is_authenticated:
        return SafeString("")
    htmx = getattr(request, "htmx", None)
    page = (htmx.current_url_abs_path if htmx else None) or request.get_full_path()
    value = signing.dumps([str(request.user.pk), page], salt=SALT)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, value)


def origin_of(request: HttpRequest) -> tuple[str, str] | None:
    """(person, page) of the form that was sent, or None when it is not a form of ours."""
    try:
        person, page = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=PAGE_MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return person, page


def texts_of(data: QueryDict) -> list[str]:
    """What a person wrote in words, without choices, ids and our own fields; for showing it back."""
    return [
        value
        for name, values in data.lists()
        if not name.startswith("_") and is_kept(name)
        for value in values
        if len(value) >= SHOWN_FROM or " " in value
    ]


def is_kept(name: str) -> bool:
    return "password" not in name and name not in {"csrfmiddlewaretoken", FIELD}


def keep(request: HttpRequest, *, data: QueryDict | None = None, on_purpose: bool = False) -> bool:
    """Put the posted text (or `data` in its place) aside for the person of the page; False when it is not ours or too long."""
    origin = origin_of(request)
    fields = [(name, values) for name, values in (data or request.POST).lists() if is_kept(name)]
    if origin is None or sum(len(value) for _name, values in fields for value in values) > MAX_CHARACTERS:
        return False
    person, page = origin
    kept = Kept(
        person=person,
        page=page,
        action=request.get_full_path(),
        fields=fields,
        files=[upload.name or "" for _field, uploads in request.FILES.lists() for upload in uploads],
        until=timezone.now() + KEPT_FOR,
        on_purpose=on_purpose,
    )
    request.session[SESSION_KEY] = kept.to_session()
    return True


def kept_for(request: HttpRequest) -> Kept | None:
    """What is kept for whoever is logged in now; another person's text is thrown away unseen."""
    if (known := getattr(request, "_kept", None)) is not None:
        return known
    session = getattr(request, "session", None)
    stored = session.get(SESSION_KEY) if session is not None and request.user.is_authenticated else None
    if not stored:
        return None
    kept = Kept(**{**stored, "until": dt.datetime.fromisoformat(stored["until"])})
    if kept.person != str(request.user.pk) or kept.until < timezone.now():
        forget(request)
        return None
    request._kept = kept  # type: ignore[attr-defined]
    return kept


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
    request._kept = None  # type: ignore[attr-defined]


def typed(request: HttpRequest, *, action: str | None = None) -> QueryDict | None:
    """The data to bind a form to: what was posted, or what was kept for this page, or None for an empty form.

    `action` is the address to which the form is sent, when that is not the page's own.
    """
    if request.method == "POST":
        return request.POST
    kept = kept_for(request)
    if kept is None or kept.action.split("?")[0] != (action or request.path):
        return None
    kept.used = True
    return kept.data


class RetainedFormMixin:
    """For class-based form views: the form is filled again with what was kept."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if "data" not in kwargs and (data := typed(self.request)) is not None:
            kwargs["data"] = data
        return kwargs


def login_again(request: HttpRequest) -> HttpResponse:
    """To the login page and from there back to the page of the form, its text kept."""
    origin = origin_of(request)
    text = gettext("Your session has ended. Log in again to go on.")
    if keep(request):
        text = gettext("Your session has ended. Log in again: what you typed is kept for 30 minutes.")
        if request.FILES:
            text += " " + gettext("Files could not be kept; please choose them again.")
    messages.warning(request, text)
    query = urlencode({REDIRECT_FIELD_NAME: origin[1]}) if origin else ""
    target = f"{resolve_url(settings.LOGIN_URL)}?{query}"
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401, headers={"HX-Redirect": target})
    else:
        response = HttpResponseRedirect(target)
    add_never_cache_headers(response)
    return response


class RetainedMiddleware:
    """Stands before LoginRequiredMiddleware, which would throw the posted text away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated:
            if request.method == "POST":
                kept = kept_for(request)
                if kept is not None and kept.action.split("?")[0] == request.path:
                    forget(request)
            return None
        if not getattr(view, "login_required", True):
            return None
        if request.method == "POST" and origin_of(request) is not None:
            return login_again(request)
        if is_background(request):
            return HttpResponse(status=401, headers={"HX-Trigger": "session-ended"})
        return None


def is_background(request: HttpRequest) -> bool:
    """A request that no person waits for: htmx, or one of our own scripts."""
    return bool(getattr(request, "htmx", False)) or request.headers.get("X-Requested-With") == "fetch"
