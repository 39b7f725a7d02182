"""What the portal says when it cannot do what was asked: what happened, when, what was saved, whom to ask."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as AnyDatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext

from intlcoop.web import retained
from intlcoop.web.display import Fact
from intlcoop.web.navigation import theme_of

logger = logging.getLogger(__name__)
FULL_FRAME, BARE_FRAME = "base.html", "entrance.html"


def knows_person(request: HttpRequest) -> bool:
    try:
        return bool(request.user.is_authenticated)
    except (AttributeError, AnyDatabaseError):
        return False


def refuse(request: HttpRequest, status: int, template: str, **context: Any) -> HttpResponse:
    """An error page in the frame of whoever looks at it; a stranger sees no more than the sentence."""
    context |= {
        "layout": FULL_FRAME if knows_person(request) else BARE_FRAME,
        "code": str(status),
        "now": timezone.localtime(),
        "support": settings.SUPPORT_CONTACT,
        "retry_url": request.get_full_path() if request.method in {"GET", "HEAD"} else "",
    }
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return refuse(request, 400, "errors/400.html")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Seen but not allowed. The exception's own sentence is shown when it has one."""
    return refuse(request, 403, "errors/403.html", message=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not there, or not for this person: both look the same."""
    return refuse(request, 404, "errors/404.html")


def conflict(
    request: HttpRequest, message: str, *, back_url: str, facts: Iterable[Fact] = (), title: str = ""
) -> HttpResponse:
    """409: somebody was faster. `message` says who and what, `facts` is the fresh state; typed text is shown back."""
    return refuse(
        request,
        409,
        "errors/409.html",
        message=message,
        back_url=back_url,
        facts=list(facts),
        title=title or gettext("Somebody was faster"),
        texts=retained.texts_of(request.POST),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    limit = settings.UPLOAD_MAX_BYTES // 1024**2
    return refuse(request, 413, "errors/413.html", limit=limit)


def too_many(request: HttpRequest) -> HttpResponse:
    """429, from allauth's limits."""
    return refuse(request, 429, "errors/429.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: written without the database, which may be what is broken. The code leads to the line in the log."""
    code = uuid.uuid4().hex[:8].upper()
    logger.error("error page %s at %s %s", code, request.method, request.path)
    context = {
        "code": code,
        "now": timezone.localtime(),
        "support": settings.SUPPORT_CONTACT,
        "theme": theme_of(request),
        "language": get_language() or settings.LANGUAGE_CODE,
        "kept_page": keep_what_was_typed(request),
        "posted": request.method == "POST",
    }
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def keep_what_was_typed(request: HttpRequest) -> str:
    """The page whose text could be put aside although its request failed; "" when there is none."""
    try:
        if request.method != "POST" or not knows_person(request) or not retained.keep(request):
            return ""
        request.session.save()  # the session middleware saves nothing of a failed request
    except Exception:
        logger.exception("could not keep what was typed")
        return ""
    origin = retained.origin_of(request)
    return origin[1] if origin else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page is older than the login: in another tab somebody logged in or out, or the cookies were cleared."""
    origin = retained.origin_of(request)
    login = resolve_url(settings.LOGIN_URL)
    if request.path == login:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL if knows_person(request) else login)
    if not knows_person(request):
        return retained.login_again(request) if origin else refuse(request, 403, "errors/stale.html", login_url=login)
    if origin is None:
        return refuse(request, 403, "errors/stale.html")
    person, page = origin
    if person != str(request.user.pk):
        return refuse(request, 403, "errors/stale.html", other_person=True)
    retained.keep(request)
    return HttpResponseRedirect(page)
