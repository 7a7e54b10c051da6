"""What each person chooses once for all pages: the language, the colours and the time zone."""
