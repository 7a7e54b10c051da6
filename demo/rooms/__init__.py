"""The rooms of the scenes, by situation."""

from rooms.bedroom import BEDROOM
from rooms.kitchen import KITCHEN
from rooms.living_room import LIVING_ROOM
from rooms.playroom import PLAYROOM
from rooms.stage import Move, Place, Room

ROOMS = {"maaltijd": KITCHEN, "spel": PLAYROOM, "voorlezen": LIVING_ROOM, "aankleden": BEDROOM}

__all__ = ["ROOMS", "Move", "Place", "Room"]
