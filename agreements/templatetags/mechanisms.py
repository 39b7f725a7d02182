"""The status of a session in a list, with a mark when something about it does not fit."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agreements.models import MeetingSession
from agreements.queries.mechanisms import session_badge as badge_of
from agreements.queries.mechanisms import session_doubts
from intlcoop.web.display import Tone
from intlcoop.web.templatetags.ui import status_badge

register = template.Library()


@register.simple_tag
def session_badge(session: MeetingSession) -> SafeString:
    badge = status_badge(badge_of(session))
    if session_doubts(session, timezone.localdate()):
        return format_html("{} {}", badge, status_badge(_("to be checked"), Tone.WAITING))
    return badge
