"""Who may take registers over from spreadsheets."""

from __future__ import annotations

import rules

from intlcoop.people.rules import is_administrator, is_icd

rules.add_perm("operations.import_files", is_administrator | is_icd)
