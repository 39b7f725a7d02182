"""Django's own login signals, the one place where it tells us what happened."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import signals
from django.http import HttpRequest

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event


def connect() -> None:
    signals.user_logged_in.connect(logged_in, dispatch_uid="audit.logged_in")
    signals.user_logged_out.connect(logged_out, dispatch_uid="audit.logged_out")
    signals.user_login_failed.connect(login_failed, dispatch_uid="audit.login_failed")


def logged_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    record_security_event(SecurityEventKind.LOGIN, actor=user, where=facts_of(request))


def logged_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record_security_event(SecurityEventKind.LOGOUT, actor=user, where=facts_of(request))


def login_failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """The name that was tried is kept, cut short: people sometimes type a password into the wrong field."""
    tried = next((str(credentials[key]) for key in ("username", "email", "login") if credentials.get(key)), "")
    record_security_event(SecurityEventKind.LOGIN_FAILED, actor=None, actor_name=tried[:60], where=facts_of(request))
