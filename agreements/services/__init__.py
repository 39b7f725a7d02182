"""Writes of this room, by what they write on."""

from agreements.services.commitments import create_commitment, may_write_for, update_commitment
from agreements.services.contacts import save_contact
from agreements.services.dealings import record_dealing, withdraw_dealings
from agreements.services.groups import save_group
from agreements.services.merging import foretell, merge_partners, names_kept, told_of, undo_merge
from agreements.services.partners import (
    PartnerExists,
    confirm_partner,
    create_partner,
    delete_partner,
    fill_likeness,
    update_partner,
)

__all__ = [
    "PartnerExists",
    "confirm_partner",
    "create_commitment",
    "create_partner",
    "delete_partner",
    "fill_likeness",
    "foretell",
    "may_write_for",
    "merge_partners",
    "names_kept",
    "record_dealing",
    "save_contact",
    "save_group",
    "told_of",
    "undo_merge",
    "update_commitment",
    "update_partner",
    "withdraw_dealings",
]
