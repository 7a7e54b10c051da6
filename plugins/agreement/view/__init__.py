"""How a report is shown: table, file, page, PDF."""
