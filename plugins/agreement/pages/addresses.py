"""The pages of agreement: of a round, or of a family's project, as a whole and clip by clip."""

from __future__ import annotations

from collections.abc import Iterator

from vib.page import Menu, Page
from vib.roles import Right

from . import texts

VIEWS = "plugins.agreement.pages.views"
DOWNLOAD = "plugins.agreement.pages.taking:download"
LEAD = "plugins.agreement.pages.leading:lead"
CLIP = "plugins.agreement.pages.clip:clip"
OF_WHAT = {"round": "round/<str:round_name>/", "project": "project/<int:project>/"}


def _pages() -> Iterator[Page]:
    may = (Right.AGREEMENT,)
    # Of an opened round its raters see where they differed, and none of the figures.
    moments = {"round": (Right.AGREEMENT, Right.OTHERS), "project": may}
    about = texts.OFFERED["about"]
    yield Page(
        "agreement/",
        f"{VIEWS}:index",
        "index",
        may,
        title=texts.OFFERED["heading"],
        menu=Menu.MAIN,
        order=40,
        about=about,
    )
    yield Page("agreement/progress/<str:token>", f"{VIEWS}:progress", "progress", may)
    for name, address in OF_WHAT.items():
        yield Page(f"agreement/{address}", f"{VIEWS}:overview", name, may)
        of_clip = (f"agreement/{address}clip/<path:clip>/", CLIP, f"{name}-clip")
        yield Page(*of_clip, moments[name])
        yield Page(*of_clip, may, methods=("POST",))
        yield Page(f"agreement/{address}moments", LEAD, f"{name}-moments", may)
        yield Page(f"agreement/{address}download/<str:form>", DOWNLOAD, f"{name}-download", may)


PAGES = tuple(_pages())
