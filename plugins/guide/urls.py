"""URLs of the guide plugin; the host puts them under ``/vib/`` and behind the login."""

from django.urls import path

from plugins.guide import assets, views

app_name = "vib_guide"

urlpatterns = [
    path("", views.start, name="start"),
    path("guide/<str:method>/", views.guide, name="guide"),
    path("guide/static/<str:name>", assets.serve, name="asset"),
]
