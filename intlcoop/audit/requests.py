"""From where was something asked? The facts of a request that the log keeps, taken above the services."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Where a request came from and what it asked for. `ip` is None when no believable address is known."""

    ip: str | None = None
    url: str = ""
    request_id: str = ""


def facts_of(request: HttpRequest | None) -> RequestFacts:
    if request is None:
        return RequestFacts()
    return RequestFacts(ip=client_ip(request), url=request.path[:500], request_id=getattr(request, "request_id", ""))


def client_ip(request: HttpRequest) -> str | None:
    """The address of the person's machine.

    X-Forwarded-For is believed only as far as our own proxies wrote it: its last TRUSTED_PROXY_COUNT entries.
    """
    address = request.META.get("REMOTE_ADDR", "")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        address = hops[-proxies] if len(hops) >= proxies else address
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
