"""Who may read the rules, and who changes them?"""

from __future__ import annotations

import rules

from intlcoop.people.rules import is_administrator, is_icd_head

rules.add_perm("regulations.view", rules.is_active)
rules.add_perm("regulations.manage", is_administrator | is_icd_head)
