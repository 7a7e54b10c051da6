"""With what codes were made: which method, which version of its codebook, and at which level."""

from __future__ import annotations

from typing import final

from pydantic import BaseModel, ConfigDict, ValidationError

from vib.identifiers import Id, Version
from vib.validation import first_problem


@final
class MadeWith(BaseModel):
    """With what somebody coded a clip.

    Attributes
    ----------
    version : str
        Version of the method's codebook.
    level : str or None
        Id of the level at which they were asked; None where all of the codebook was asked.

    Examples
    --------
    >>> str(MadeWith(method="vib-pleegzorg", version="0.2.0", level="begin"))
    'vib-pleegzorg 0.2.0 (begin)'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Id
    version: Version
    level: Id | None = None

    def __str__(self) -> str:
        level = "" if self.level is None else f" ({self.level})"
        return f"{self.method} {self.version}{level}"

    def content(self) -> dict[str, str]:
        """Return it as files have it.

        Examples
        --------
        >>> MadeWith(method="vib-pleegzorg", version="0.2.0").content()
        {'method': 'vib-pleegzorg', 'version': '0.2.0'}
        """
        return self.model_dump(exclude_none=True)


def read_made_with(content: object, place: str = "made_with") -> MadeWith | None:
    """Read with what codes were made; None where nothing is said.

    Raises
    ------
    InputProblem
        It is not a method with a version; names the place.
    """
    if content is None:
        return None
    try:
        return MadeWith.model_validate(content)
    except ValidationError as error:
        raise first_problem(error, place, show=True) from error
