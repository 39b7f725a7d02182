"""Writes of this room, by what they write on."""

from agreements.services.agreements import (
    attach_to,
    create_agreement,
    note_end,
    renew_agreement,
    set_term,
    take_out,
    update_agreement,
    usual_regime,
    write_signing,
)
from agreements.services.amendments import (
    apply_term,
    close_amendment,
    open_amendment,
    update_amendment,
    write_settlement,
)
from agreements.services.commitments import create_commitment, may_write_for, update_commitment
from agreements.services.contacts import save_contact
from agreements.services.dealings import record_dealing, withdraw_dealings
from agreements.services.duties import raise_duties, reopen_duty, settle_duty
from agreements.services.groups import save_group
from agreements.services.legal_rules import correct_rule, end_rule, set_rule, withdraw_rule
from agreements.services.merging import foretell, merge_partners, names_kept, told_of, undo_merge
from agreements.services.notes import add_note, withdraw_note
from agreements.services.partners import (
    PartnerExists,
    confirm_partner,
    create_partner,
    delete_partner,
    fill_likeness,
    join_partner,
    update_partner,
)
from agreements.services.passing_on import hand_over_partner
from agreements.services.past_agreements import PastAgreement, add_past_agreements

__all__ = [
    "PartnerExists",
    "PastAgreement",
    "add_note",
    "add_past_agreements",
    "apply_term",
    "attach_to",
    "close_amendment",
    "confirm_partner",
    "correct_rule",
    "create_agreement",
    "create_commitment",
    "create_partner",
    "delete_partner",
    "end_rule",
    "fill_likeness",
    "foretell",
    "hand_over_partner",
    "join_partner",
    "may_write_for",
    "merge_partners",
    "names_kept",
    "note_end",
    "open_amendment",
    "raise_duties",
    "record_dealing",
    "renew_agreement",
    "reopen_duty",
    "save_contact",
    "save_group",
    "set_rule",
    "set_term",
    "settle_duty",
    "take_out",
    "told_of",
    "undo_merge",
    "update_agreement",
    "update_amendment",
    "update_commitment",
    "update_partner",
    "usual_regime",
    "withdraw_dealings",
    "withdraw_note",
    "withdraw_rule",
    "write_settlement",
    "write_signing",
]
