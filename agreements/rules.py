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


@rules.predicate
def still_proposed(user: Any, partner: Any = None) -> bool:
    return partner is not None and partner.is_proposed


@rules.predicate
def is_not_merged(user: Any, partner: Any = None) -> bool:
    """A merged partner leads to another one; only that one is written on."""
    return partner is None or partner.merged_into_id is None


@rules.predicate
def works_with_it(user: Any, partner: Any = None) -> bool:
    """Their unit, or one that was merged into it, works with the partner."""
    units = principal_of(user).own_unit_ids
    return partner is not None and bool(units) and partner.units.filter(unit__in=units).exists()


keeps_the_list = is_icd | is_administrator

rules.add_perm("agreements.view_partner", rules.is_active)
rules.add_perm("agreements.add_partner", works_in_a_unit | is_administrator)
# Whoever proposed a partner may correct it until the department has confirmed it; the department keeps the whole list in order.
rules.add_perm(
    "agreements.change_partner",
    is_not_merged & (keeps_the_list | (works_in_a_unit & added_it & still_proposed)),
)
rules.add_perm("agreements.confirm_partner", keeps_the_list)
rules.add_perm("agreements.merge_partner", keeps_the_list)
rules.add_perm("agreements.keep_groups", keeps_the_list)
# People at a partner are written down by the units that work with it.
rules.add_perm(
    "agreements.keep_contacts", is_not_merged & (keeps_the_list | (works_in_a_unit & (added_it | works_with_it)))
)

# Schemes and programmes are published decisions; the department keeps the list.
rules.add_perm("agreements.view_programme", rules.is_active)
rules.add_perm("agreements.change_programme", is_icd | is_administrator)
