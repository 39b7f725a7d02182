"""The login page is django-allauth's; only what it shows beside the form is ours."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from intlcoop.web.demo import DEMO_ACCOUNTS, DEMO_PASSWORD


class PortalLoginView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {"demo_accounts": DEMO_ACCOUNTS, "demo_password": DEMO_PASSWORD}
        return context
