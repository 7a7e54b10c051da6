"""Agreement about when something happens: timelines of several raters."""
