"""People at partners: one person with all their posts, add, change."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements import services
from agreements.forms import ContactForm
from agreements.models import Contact, Partner
from agreements.views.asking import allowed, crumbs, found, found_partner, is_stale
from intlcoop.web.display import Fact
from intlcoop.web.retained import typed
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]


def found_contact(request: HttpRequest, pk: int) -> Contact:
    return found(Contact.objects.visible_to(request.user), pk)  # type: ignore[no-any-return]


def may_keep(user: Any, contact: Contact) -> bool:
    """Whoever keeps the contacts of one of the partners at which this person held a post."""
    partners = Partner.objects.filter(posts__contact=contact).distinct()
    return any(rules.has_perm("agreements.keep_contacts", user, partner) for partner in partners)


@require_safe
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    person = found_contact(request, pk)
    posts = list(person.posts.select_related("partner"))
    facts = [
        Fact(_("E-mail"), person.email, f"mailto:{person.email}" if person.email else ""),
        Fact(_("Telephone"), person.phone),
        Fact(_("Languages"), person.languages),
        Fact(_("Note"), person.note),
    ]
    context = {
        "contact": person,
        "posts": posts,
        "facts": [fact for fact in facts if fact.value],
        "may_change": may_keep(request.user, person),
        "crumbs": crumbs(posts[0].partner if posts else None),
    }
    return render(request, "agreements/contact.html", context)


@require_http_methods(METHODS)
def contact_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A person at this partner."""
    partner = found_partner(request, pk)
    refusal = _("People at a partner are written down by the units that work with it.")
    allowed("agreements.keep_contacts", request.user, partner, refusal=refusal)
    form = ContactForm(typed(request), partner=partner)
    return edit(request, form, None, _("Add a contact"), crumbs(partner))


@require_http_methods(METHODS)
def contact_change(request: HttpRequest, pk: int) -> HttpResponse:
    person = found_contact(request, pk)
    if not may_keep(request.user, person):
        allowed("agreements.confirm_partner", request.user, refusal=_("This contact is kept by others."))
    form = ContactForm(typed(request), instance=person)
    return edit(request, form, person, _("Change a contact"), [*crumbs()])


def edit(request: HttpRequest, form: ContactForm, person: Contact | None, heading: str, way: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and not is_stale(request, form):
        try:
            saved = services.save_contact(person, actor=request.user, **form.values)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s has been saved.") % {"name": saved})
            return redirect(saved)
    back = person.get_absolute_url() if person else way[-1].url
    context = {"form": form, "heading": heading, "crumbs": way, "back": back}
    return render(request, "agreements/contact_form.html", context)
