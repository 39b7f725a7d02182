"""Writes of this room, by what they write on."""

from agreements.services.dealings import record_dealing, withdraw_dealings
from agreements.services.partners import PartnerExists, create_partner, update_partner

__all__ = ["PartnerExists", "create_partner", "record_dealing", "update_partner", "withdraw_dealings"]
