"""How django-allauth behaves here: accounts are made by administrators, nobody signs up."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail stands on the portal's public address, whatever the request's Host header said."""
        return f"{settings.PUBLIC_URL.rstrip('/')}{urlsplit(super().get_reset_password_from_key_url(key)).path}"
