from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "intlcoop.people"
    label = "people"
    verbose_name = _("people")

    def ready(self) -> None:
        import rules

        from intlcoop.people import reference
        from intlcoop.people.ministry import ministry_name
        from intlcoop.people.principals import principal_of
        from intlcoop.web.navigation import register_entry, register_ministry_name
        from intlcoop.web.reference import register

        register(10, reference.load)
        register_ministry_name(ministry_name)
        register_entry(
            "substitutions",
            _("Substitutions"),
            "people:substitution_list",
            "arrows-right-left",
            order=99,
            visible=lambda user: principal_of(user).is_clerk,
        )
        register_entry(
            "languages",
            _("Languages of the staff"),
            "people:language_list",
            "chat-bubble-left-right",
            order=98,
            visible=lambda user: (
                rules.has_perm("people.keep_languages", user) and not principal_of(user).is_administrator
            ),
        )
        register_entry(
            "administration",
            _("Administration"),
            "people:administration",
            "cog-6-tooth",
            order=100,
            visible=lambda user: rules.has_perm("people.enter_administration", user),
        )
