"""The front door: the page at ``/vib/`` on which everybody lands, with what there is to do for them."""
