from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("agreements")

    def ready(self) -> None:
        from agreements import notifications, reference, tasks, workflows
        from agreements.exports.prints import AGREEMENT_PRINTS, BRIEFS, COUNTRY_BRIEFS
        from agreements.queries import (
            commitments,
            find_contacts,
            find_partners,
            inherited,
            invitations,
            legal_rules,
            mechanisms,
            needs,
            partner_news,
            partner_page,
            programmes,
            project_due,
            treaties,
        )
        from agreements.queries.partner_sections import register_section
        from agreements.services import fill_likeness
        from intlcoop.notifications.digest import register_source as register_reminders
        from intlcoop.web.navigation import register_entry
        from intlcoop.web.reference import register
        from intlcoop.web.search import register_source

        workflows.register()
        register(50, reference.load)
        register_entry("partners", _("Partners"), "agreements:partner_list", "building-office-2", order=60)
        register_entry("cam-ket", _("Commitments"), "agreements:commitment_list", "hand-raised", order=80)
        register_entry("guidance", _("For the units"), "agreements:question_list", "lifebuoy", order=85)
        register_section(50, "cam-ket", _("Commitments"), commitments.partner_section, "agreements/_commitments.html")
        register_section(78, "tin", _("News"), partner_news.partner_section, "agreements/news/_of_partner.html")
        register_source("partner_news", _("News of partners"), partner_news.find_news)
        register_section(75, "nhu-cau", _("Needs of units"), needs.partner_section, "agreements/needs/_of_partner.html")
        tasks.register()
        AGREEMENT_PRINTS.register()
        BRIEFS.register()
        COUNTRY_BRIEFS.register()
        register_reminders("commitments_due", notifications.due_commitments)
        register_reminders("commitments_to_verify", notifications.to_verify)
        register_reminders("questions_due", notifications.due_questions)
        register_reminders("invitations_closing", notifications.closing_invitations)
        register_source("invitations", _("Open invitations"), invitations.find_invitations)
        register_source("partners", _("Partners"), find_partners)
        register_source("contacts", _("People at partners"), find_contacts)
        register(50, fill_likeness)
        mechanisms.register()
        partner_page.register_sections()
        treaties.register()
        programmes.register()
        register_source("programmes", _("Schemes and programmes"), programmes.find_programmes)
        inherited.register()
        legal_rules.register()
        project_due.register()
