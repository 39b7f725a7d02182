"""The forms of this room, by what they take in."""

from agreements.forms.partner import PartnerChangeForm, PartnerForm

__all__ = ["PartnerChangeForm", "PartnerForm"]
