"""Who may read the address book of partners, and who may write in it?"""

from __future__ import annotations

from typing import Any

import rules

from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of
from intlcoop.people.rules import is_administrator, is_icd


@rules.predicate
def works_in_a_unit(user: Any) -> bool:
    """Somebody who handles files: an auditor only reads them."""
    return any(held.role not in Role.OUTSIDE_BUSINESS for held in principal_of(user).appointments)


@rules.predicate
def added_it(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.proposed_by_id == user.pk


rules.add_perm("agreements.view_partner", rules.is_active)
rules.add_perm("agreements.add_partner", works_in_a_unit | is_administrator)
# Whoever added a partner may correct it; the department keeps the whole list in order.
rules.add_perm("agreements.change_partner", is_icd | is_administrator | (works_in_a_unit & added_it))

# Schemes and programmes are published decisions; the department keeps the list.
rules.add_perm("agreements.view_programme", rules.is_active)
rules.add_perm("agreements.change_programme", is_icd | is_administrator)
