"""Work on clips apart from the requests that ask for it: a queue, and workers that empty it."""
