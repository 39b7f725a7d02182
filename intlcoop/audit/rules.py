"""Who may read the log: administrators and auditors."""

from __future__ import annotations

import rules

from intlcoop.people.rules import is_administrator, is_auditor

rules.add_perm("audit.view_security_events", is_administrator | is_auditor)
