"""The closed list of acts that leave no row of their own and are remembered here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SecurityEventKind(models.TextChoices):
    LOGIN = "login", _("Logged in")
    LOGIN_FAILED = "login_failed", _("Login failed")
    LOGOUT = "logout", _("Logged out")
    PERMISSION_DENIED = "permission_denied", _("Page refused")
    REFUSED = "refused", _("Action refused")
    DOWNLOAD = "download", _("File downloaded")
    UPLOAD_REFUSED = "upload_refused", _("File refused")
    EXPORT = "export", _("List exported")
    PASSWORD_SET = "password_set", _("Password set")
