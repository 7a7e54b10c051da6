"""Who has an account from the start: the administrator and the machine; who is made up, with the demo only."""

from __future__ import annotations

from tests.plugins.access.inside import World, inside


@inside
def test_made_up_accounts_are_made_with_the_demo_only(world: World) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from plugins.host.prepare import MADE_UP, ensure_accounts

    with TemporaryDirectory() as folder:
        logins = Path(folder) / "logins.json"
        made = ensure_accounts(logins, "http://127.0.0.1", demo=False)
        assert [account.role for account in made] == ["administrator", "service"]
        assert ensure_accounts(logins, "http://127.0.0.1", demo=False) == []
        more = ensure_accounts(logins, "http://127.0.0.1", demo=True)
        assert [account.email for account in more] == [email for _, email in MADE_UP]
