"""The coding guides: pages under ``/vib/`` for whoever is logged in."""
