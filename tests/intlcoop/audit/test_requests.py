"""From where was something asked?"""

from __future__ import annotations

import pytest

from intlcoop.audit.requests import RequestFacts, client_ip, facts_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "10.1.1.1"),
        (0, "203.0.113.9", "10.1.1.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "", "10.1.1.1"),
        (1, "not an address", None),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, proxies, forwarded, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_ip(rf.get("/", headers=headers, REMOTE_ADDR="10.1.1.1")) == expected


def test_a_socket_has_no_address(rf):
    assert client_ip(rf.get("/", REMOTE_ADDR="")) is None


def test_no_request_gives_no_facts(rf):
    assert facts_of(None) == RequestFacts()
    assert facts_of(rf.get("/x/?secret=1")).url == "/x/"
