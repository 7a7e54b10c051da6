"""URLs of the agreement pages; the host puts them under ``/vib/agreement/`` and behind the login."""

from django.urls import path

from plugins.agreement.pages import assets, views

app_name = "vib_agreement"

urlpatterns = [
    path("", views.index, name="index"),
    path("static/<str:name>", assets.serve, name="asset"),
    path("round/<str:round_name>/", views.overview, name="round"),
    path("round/<str:round_name>/clip/<path:clip>/", views.clip, name="round-clip"),
    path("round/<str:round_name>/download/<str:form>", views.download, name="round-download"),
    path("project/<int:project>/", views.overview, name="project"),
    path("project/<int:project>/clip/<path:clip>/", views.clip, name="project-clip"),
    path("project/<int:project>/download/<str:form>", views.download, name="project-download"),
]
