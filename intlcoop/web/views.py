"""Pages that belong to no room: health, language, theme, search."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from intlcoop.web import search
from intlcoop.web.languages import known_languages, remember_language, set_year_cookie
from intlcoop.web.navigation import THEME_COOKIE, THEMES


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the web process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def back(request: HttpRequest) -> HttpResponse:
    """To the page of ours that the form names, else home."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(page if ours else settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    response = back(request)
    language = request.POST.get("language", "")
    if language in known_languages():
        remember_language(response, language, actor=request.user)
    return response


@login_not_required
@require_POST
def switch_theme(request: HttpRequest) -> HttpResponse:
    response = back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        set_year_cookie(response, THEME_COOKIE, theme)
    return response


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything this person may see that answers to the text; a whole number of a file opens the file."""
    text = search.clean(request.GET.get("q", ""))
    groups = search.find(request.user, text)
    if (only := search.exact(groups, text)) is not None:
        return redirect(only.url)
    return render(request, "web/search.html", {"text": text, "groups": groups})
