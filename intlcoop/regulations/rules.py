"""Who may read the rules?"""

from __future__ import annotations

import rules

rules.add_perm("regulations.view", rules.is_active)
