"""Pages about notices; in the demo also the mails that would have left."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intlcoop.jobs.paging import paged
from intlcoop.jobs.requests import PersonRequest
from intlcoop.notifications import mailbox, services
from intlcoop.notifications.models import Notice


@never_cache
@require_safe
def notice_list(request: PersonRequest) -> HttpResponse:
    """This person's notices, the unread ones first."""
    notices = Notice.objects.visible_to(request.user).unread_first()
    return render(request, "notifications/notice_list.html", paged(notices, request))


@require_POST
def open_notice(request: PersonRequest, pk: int) -> HttpResponse:
    """Mark it read and go where it leads. A POST, because reading is noted; a GET changes nothing."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(notice, actor=request.user)
    return HttpResponseRedirect(notice.url)


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    services.mark_all_read(actor=request.user)
    return redirect("notifications:list")


def _only_in_demo(request: PersonRequest) -> None:
    if not (settings.DEMO and request.user.is_demo):
        raise Http404


@never_cache
@require_safe
def demo_mails(request: PersonRequest) -> HttpResponse:
    """The mails that the catcher took instead of sending them, for the people of the demo."""
    _only_in_demo(request)
    pages = paged(mailbox.names(), request)
    mails = [mail for name in pages["page_obj"] if (mail := mailbox.read(name)) is not None]
    return render(request, "notifications/demo_mails.html", pages | {"mails": mails})


@never_cache
@require_safe
def demo_mail(request: PersonRequest, name: str) -> HttpResponse:
    _only_in_demo(request)
    mail = mailbox.read(name)
    if mail is None:
        raise Http404
    return render(request, "notifications/demo_mail.html", {"mail": mail})
