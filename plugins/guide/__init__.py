"""The start page and the coding guides: pages under ``/vib/`` for whoever is logged in."""
