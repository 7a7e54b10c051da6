"""URLs of the turns plugin; the host puts them under ``/vib/turns/`` and the pages behind the login."""

from django.urls import path

from plugins.proposals import assets, results, views

app_name = "vib_turns"

urlpatterns = [
    path("", views.index, name="index"),
    path("results", results.take, name="results"),
    path("static/<str:name>", assets.serve, name="asset"),
    path("<int:project>/", views.project, name="project"),
    path("<int:project>/state", views.state, name="state"),
]
