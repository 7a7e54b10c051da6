"""URLs of the guide plugin; the host puts them under ``/vib/`` and behind the login."""

from django.urls import path

from plugins.guide import assets, views, views_guide, views_hardest, views_why

app_name = "vib_guide"

urlpatterns = [
    path("", views.start, name="start"),
    path("guide/", views_guide.methods, name="methods"),
    path("guide/_search/", views_guide.find, name="search"),
    path("guide/_why/", views_why.index, name="why"),
    path("guide/_why/<str:page>/", views_why.page, name="why-page"),
    path("guide/static/<str:name>", assets.serve, name="asset"),
    path("guide/<str:method>/", views_guide.guide, name="guide"),
    path("guide/<str:method>/_hardest/", views_hardest.hardest, name="hardest"),
    path("guide/<str:method>/<str:code>/", views_guide.code, name="code"),
]
