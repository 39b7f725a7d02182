"""What the pages of partners share: who asks, may they, and which partner is meant."""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from agreements.models import Partner
from intlcoop.people.models import User
from intlcoop.web.display import Crumb

LARGEST_ID = 2**63 - 1
#: The field of a page that tells what was stored when it was made (forms.rows.Stamped).
STAMP = "dau_vet"


def allowed(permission: str, user: Any, thing: Any = None, *, refusal: str = "") -> User:
    """The person who asks, if they may; raises PermissionDenied."""
    if not rules.has_perm(permission, user, thing):
        raise PermissionDenied(refusal) if refusal else PermissionDenied
    return user  # type: ignore[no-any-return]


def is_key(text: str) -> bool:
    """Whether somebody's text may be the key of a row; longer ones Python itself refuses to read."""
    return text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_ID))


def is_stale(request: HttpRequest, form: Any) -> bool:
    """Whether the page was made before somebody else's change. Then the form says so, and saving again is meant so."""
    seen = request.POST.get(STAMP, "")
    if not seen or seen == form.stamp:
        return False
    text = _(
        "Somebody else changed this in the meantime. Nothing of yours is saved yet; look at it as it is now, or save again to "
        "put yours in its place."
    )
    form.add_error(None, text)
    return True


def found(queryset: Any, pk: int) -> Any:
    """The row of this address; raises Http404."""
    row = queryset.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if row is None:
        raise Http404
    return row


def found_partner(request: HttpRequest, pk: int) -> Partner:
    """A partner that this person may see, merged ones too."""
    rows = Partner.objects.visible_to(request.user)
    return found(rows.select_related("country", "proposed_by", "parent", "merged_into"), pk)  # type: ignore[no-any-return]


def crumbs(partner: Partner | None = None) -> list[Crumb]:
    first = [Crumb(_("Partners"), reverse("agreements:partner_list"))]
    return [*first, Crumb(str(partner), partner.get_absolute_url())] if partner is not None and partner.pk else first


def way_back(request: HttpRequest) -> str:
    """The page of ours that sent the person here to propose a partner ("?ve="); "" when there is none."""
    page = request.GET.get("ve", "")
    ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page.split("?")[0] if ours else ""


def chosen_at(page: str, partner: Partner) -> str:
    """That page again, with the partner chosen."""
    return f"{page}?doi_tac={partner.pk}"
