"""What is said of two sets of clips side by side."""

from __future__ import annotations

from collections.abc import Mapping

from vib.language import Text

SIDES: Mapping[str, Text] = {
    "before": Text(nl="in wat ervoor kwam", en="in what came before"),
    "after": Text(nl="in wat erna kwam", en="in what came after"),
}
FEW_IN_BOTH = Text(
    nl="naast elkaar zetten kan met twee beoordelaars die er beide keren zijn; ervoor: {before}; erna: {after}",
    en="putting side by side takes two raters who are in both; before: {before}; after: {after}",
)
