"""How does the server know that the second click is the same request? Each form carries an id of its own.

The engine answers a repeated id with its first answer; a form without one counts as new.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

FIELD = "_yeu_cau"


def hidden_field() -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())


def request_id_of(request: HttpRequest) -> uuid.UUID:
    """The id that the form carried; a new one when it is missing or forged."""
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return uuid.uuid4()
