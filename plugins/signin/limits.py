"""How often may be tried to get in."""

from __future__ import annotations

from datetime import timedelta

ACCOUNT_FAILURES = 5
"""Failed logins for one account from one address, after which that address waits."""

ADDRESS_FAILURES = 20
"""Failed logins, or different wrong tokens, from one address, whatever the account."""

WAIT = timedelta(minutes=15)
"""How long who failed too often waits, and for how long a failure counts."""
