"""What the host says, in Dutch and English."""

from __future__ import annotations

from vib.language import Text

NOT_STARTED = Text(
    nl="hier is nog geen server gestart; begin met scripts/up, of geef --data",
    en="no server was started here yet; begin with scripts/up, or give --data",
)
OLDER = Text(
    nl="de database is van een oudere versie; start de server eenmaal opnieuw met scripts/up",
    en="the database is of an older version; start the server once more with scripts/up",
)
OTHER_DATA = Text(
    nl="dit proces werkt al met een andere map met gegevens; begin een nieuw proces",
    en="this process works with another data folder already; begin a new process",
)
OTHER_SETTINGS = Text(
    nl="deze instellingen van Django zijn niet die van VIB Studio; laat DJANGO_SETTINGS_MODULE weg",
    en="these settings of Django are not those of VIB Studio; leave out DJANGO_SETTINGS_MODULE",
)
BUSY = Text(
    nl="de database is te lang bezig voor iets anders; er is niets veranderd. Probeer het straks opnieuw",
    en="the database is busy with something else for too long; nothing was changed. Try again later",
)
