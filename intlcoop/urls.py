"""Where every address is put together. Imported by nobody."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path(prefix, include(module))
    for prefix, module in [
        ("", "intlcoop.web.urls"),
        ("", "intlcoop.web.account_urls"),
        ("", "intlcoop.people.urls"),
        ("", "intlcoop.audit.urls"),
        ("", "intlcoop.jobs.urls"),
        ("", "intlcoop.notifications.urls"),
        ("", "intlcoop.documents.urls"),
        ("", "intlcoop.regulations.urls"),
        ("", "intlcoop.workflow.urls"),
        ("", "agreements.urls"),
        ("", "delegations.urls"),
        ("", "reports.urls"),
        ("", "intlcoop.operations.urls"),
    ]
    if find_spec(module)
]

handler400 = "intlcoop.web.answers.bad_request"
handler403 = "intlcoop.web.answers.forbidden"
handler404 = "intlcoop.web.answers.not_found"
handler429 = "intlcoop.web.answers.too_many"
handler500 = "intlcoop.web.answers.server_error"
