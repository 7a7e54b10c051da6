"""How people get in: invitations, throttled logins, sessions that end, and no third party on any page."""
