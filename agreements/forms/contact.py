"""Typing in a person at a partner, with the posts that they held."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from agreements.choosing import written_rows
from agreements.forms.rows import PostSet, Stamped
from agreements.models import Contact, Partner
from agreements.queries.naming import written
from intlcoop.web.forms import PortalFormHelper, PortalModelForm, folded, row, section
from intlcoop.web.row_forms import kept_rows


class ContactForm(Stamped, PortalModelForm):
    """A person; `partner` is offered in the first row of a new one."""

    summary = False

    class Meta(PortalModelForm.Meta):
        model = Contact
        fields = ["honorific", "full_name", "email", "phone", "languages", "note"]

    def __init__(
        self, data: Any = None, *, instance: Contact | None = None, partner: Partner | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.fields["honorific"].help_text = _("For example: Ông, Bà, Ngài Đại sứ.")
        self.stored = posts_of(instance)
        rows = self.stored or ([{"partner": written(partner)}] if partner else [])
        self.posts = PostSet(data, prefix="posts", initial=rows if data is None else None)

    def is_valid(self) -> bool:
        answers = [super().is_valid(), self.posts.is_valid()]
        return all(answers)

    @property
    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "posts": kept_rows(self.posts)}

    @property
    def first_part(self) -> PortalFormHelper:
        who = section(_("Who is it?"), row("honorific", "full_name"), row("email", "phone"), anchor="ai")
        return PortalFormHelper(self, layout=Layout(who), summary=False)

    @property
    def last_part(self) -> PortalFormHelper:
        more = folded(_("Languages and note"), "languages", "note", anchor="them")
        return PortalFormHelper(self, layout=Layout(more), summary=False)


def posts_of(contact: Contact | None) -> list[dict[str, Any]]:
    posts = contact.posts.select_related("partner__country") if contact is not None and contact.pk else ()
    return written_rows(posts, ("id", "title_vi", "title_en", "since", "until"))
