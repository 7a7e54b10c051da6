"""The installed codebooks, read again only when a file of theirs changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import final

from django.conf import settings

from vib.codebook import FOLDER, Codebook
from vib.methods import offered_methods, read_method
from vib.problem import InputProblem

Stamp = tuple[tuple[str, int, int], ...]


@final
class Shelf:
    """Codebooks by method, in alphabetical order; what cannot be read is there as its problem.

    Parameters
    ----------
    folder : Path
        Where the methods and their modules are.
    off : collection of str
        Methods that are not used here, and are not shown.
    """

    def __init__(self, folder: Path = FOLDER, off: Collection[str] = ()) -> None:
        self.folder, self.off = folder, off
        self._stamp: Stamp | None = None
        self._books: Mapping[str, Codebook | InputProblem] = {}

    def all(self) -> Mapping[str, Codebook | InputProblem]:
        """Return every method."""
        stamp = self._now()
        if stamp != self._stamp:
            self._books = {name: self._read(name) for name in offered_methods(self.off, self.folder)}
            self._stamp = stamp
        return self._books

    def readable(self) -> Mapping[str, Codebook]:
        """Return the methods whose codebook can be read."""
        return {name: book for name, book in self.all().items() if isinstance(book, Codebook)}

    def _now(self) -> Stamp:
        found = ((path, path.stat()) for path in sorted(self.folder.glob("**/*.yaml")))
        return tuple((str(path), state.st_mtime_ns, state.st_size) for path, state in found)

    def _read(self, name: str) -> Codebook | InputProblem:
        try:
            return read_method(name, self.folder)
        except InputProblem as problem:
            return problem


SHELF = Shelf(off=settings.VIB.methods_off)
"""Those of this installation."""
