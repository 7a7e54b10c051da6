"""How often may be tried to get in.

A wrong password counts for the account and the address together, until that account signs in from that
address or a quarter of an hour has passed. So a school whose pupils mistype and then get in is never near
its limit, while who guesses at one account is stopped at 5, and who tries one password on many accounts
at 60: no more than 240 in an hour, whatever the number of accounts.
"""

from __future__ import annotations

from datetime import timedelta

ACCOUNT_FAILURES = 5
"""Failed logins for one account from one address, after which that account waits at that address."""

ADDRESS_FAILURES = 60
"""Failed logins from one address, for any accounts that did not get in since: twice a class of thirty."""

TOKEN_FAILURES = 20
"""Different wrong tokens from one address, after which it may try none."""

WAIT = timedelta(minutes=15)
"""How long who failed too often waits, and for how long a failure counts."""


def must_wait(account_failures: int, address_failures: int) -> bool:
    """Tell whether an account may not be tried now from an address.

    Parameters
    ----------
    account_failures : int
        Failures that count of this account from this address.
    address_failures : int
        Failures that count of all accounts from this address.

    Examples
    --------
    >>> must_wait(1, 30), must_wait(ACCOUNT_FAILURES, 5), must_wait(0, ADDRESS_FAILURES)
    (False, True, True)
    """
    return account_failures >= ACCOUNT_FAILURES or address_failures >= ADDRESS_FAILURES
