"""URLs of the coding plugin; the host puts them under ``/vib/coding/``."""

from django.urls import path

from plugins.coding import assets, guide, views

app_name = "vib_coding"

urlpatterns = [
    path("alive", views.alive, name="alive"),
    path("tasks/<int:task>/work", views.work, name="work"),
    path("tasks/<int:task>/changes", views.changes, name="changes"),
    path("tasks/<int:task>/take", views.take, name="take"),
    path("tasks/<int:task>/check", views.check, name="check"),
    path("tasks/<int:task>/guide", guide.guide, name="guide"),
    path("static/<str:of>/<str:name>", assets.serve, name="asset"),
]
