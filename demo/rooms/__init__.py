"""The rooms of the scenes, by situation, or by the name that a scene gives."""

from rooms.bedroom import BEDROOM
from rooms.circle import CIRCLE
from rooms.kitchen import KITCHEN
from rooms.living_room import LIVING_ROOM
from rooms.nursery import NURSERY
from rooms.playroom import PLAYROOM
from rooms.review import REVIEW
from rooms.stage import Move, Place, Room
from rooms.tidying import TIDYING
from rooms.visit import VISIT

ROOMS = {
    "maaltijd": KITCHEN,
    "spel": PLAYROOM,
    "voorlezen": LIVING_ROOM,
    "aankleden": BEDROOM,
    "zonder-woorden": NURSERY,
    "bezoek": VISIT,
    "kring": CIRCLE,
    "opruimen": TIDYING,
    "nabespreking": REVIEW,
}

__all__ = ["ROOMS", "Move", "Place", "Room"]
