"""Addresses of the access plugin, below ``/vib/access/``."""

from __future__ import annotations

from django.urls import path

from plugins.access.hiding import style

urlpatterns = [path("style.css", style)]
