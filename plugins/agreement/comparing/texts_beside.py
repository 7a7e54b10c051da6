"""What is said of two sets of clips side by side."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

SIDES: Mapping[str, Text] = {
    "before": Text(nl="in wat ervoor kwam", en="in what came before"),
    "after": Text(nl="in wat erna kwam", en="in what came after"),
}
AS_THE_NEWEST = Text(
    nl="codes van {method} {since} staan er zoals {until} ze heeft",
    en="codes of {method} {since} stand as {until} has them",
)
MEANT_ANOTHER = Text(
    nl="codes van {method} {since} staan er zoals {until} ze heeft; niet vergeleken, omdat het iets anders ging "
    "betekenen: {tiers}",
    en="codes of {method} {since} stand as {until} has them; not compared, as it got another meaning: {tiers}",
)
AS_THEY_ARE = Text(
    nl="codes van {method} {since} en {until} zijn vergeleken zoals ze zijn: dat codeboek is hier niet geïnstalleerd",
    en="codes of {method} {since} and {until} were compared as they are: that codebook is not installed here",
)
FEW_IN_BOTH = Text(
    nl="naast elkaar zetten kan met twee beoordelaars die er beide keren zijn; ervoor: {before}; erna: {after}",
    en="putting side by side takes two raters who are in both; before: {before}; after: {after}",
)
