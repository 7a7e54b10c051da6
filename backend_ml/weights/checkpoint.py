"""Read the tensors of a torch checkpoint without torch, and without running what is in it.

A checkpoint is a zip with `data.pkl`, a pickle that says how its tensors are put together, and the numbers
of each tensor in a file of its own. Unpickling may call anything, so the pickle is not unpickled: its
opcodes are walked through here, and the few that a plain checkpoint needs are understood.
"""

from __future__ import annotations

import io
import pickletools
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
import numpy.typing as npt

Tensors = dict[str, npt.NDArray[Any]]

MAX_PICKLE_BYTES: Final = 4 * 1024**2
MAX_TENSOR_BYTES: Final = 64 * 1024**2
"""All tensors of a checkpoint together."""
MAX_AXES: Final = 8

_STORAGES: Final[dict[str, np.dtype[Any]]] = {
    "torch FloatStorage": np.dtype("<f4"),
    "torch LongStorage": np.dtype("<i8"),
}
_TENSOR: Final = "torch._utils _rebuild_tensor_v2"
_ORDERED: Final = "collections OrderedDict"
_MARK: Final = object()

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What zipfile, pickletools, numpy and the code below raise on nonsense."""


class CheckpointProblem(ValueError):
    """The file is no checkpoint, or holds more than tensors, numbers and names."""


@final
@dataclass(frozen=True, slots=True)
class _Name:
    """Something that the pickle wants to import; it is only ever compared with a list."""

    name: str


@final
@dataclass(frozen=True, slots=True)
class _Storage:
    numbers: npt.NDArray[Any]


def read_checkpoint(content: bytes) -> Any:
    """Return what a torch checkpoint holds, its tensors as arrays of float32 or int64.

    Raises
    ------
    CheckpointProblem
        It is damaged, too large, or asks for anything but tensors, dicts, lists, tuples, numbers and names.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            pickles = [name for name in archive.namelist() if name.endswith("/data.pkl")]
            if len(pickles) != 1:
                raise CheckpointProblem("not one data.pkl")
            folder = pickles[0].removesuffix("data.pkl")
            pickle = _read(archive, pickles[0], MAX_PICKLE_BYTES)
            return _Machine(archive, folder).run(pickle)
    except CheckpointProblem:
        raise
    except _DAMAGED as error:
        raise CheckpointProblem(f"damaged checkpoint: {error}") from error


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise CheckpointProblem(f"{name} is larger than {most} bytes")
    with archive.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise CheckpointProblem(f"{name} is larger than {most} bytes")
    return content


@final
class _Machine:
    """The stack and memory that a pickle works on."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive = archive
        self._folder = folder
        self._stack: list[Any] = []
        self._memory: dict[int, Any] = {}
        self._storages: dict[str, _Storage] = {}
        self._left = MAX_TENSOR_BYTES

    def run(self, pickle: bytes) -> Any:
        argument: Any
        for operation, argument, _ in pickletools.genops(pickle):
            name = operation.name
            if name == "STOP":
                return self._stack.pop()
            if name in ("BINPUT", "LONG_BINPUT"):
                self._memory[argument] = self._stack[-1]
            elif name in ("BINGET", "LONG_BINGET"):
                self._stack.append(self._memory[argument])
            elif name in ("BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE"):
                self._stack.append(argument)
            elif name == "GLOBAL":
                self._stack.append(_Name(argument))
            elif name in _PLAIN:
                self._stack.append(_PLAIN[name]())
            elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
                self._stack.append(tuple(self._take(int(name[-1]))))
            elif name == "TUPLE":
                self._stack.append(tuple(self._to_mark()))
            elif name in ("APPEND", "APPENDS"):
                items = self._take(1) if name == "APPEND" else self._to_mark()
                self._top(list).extend(items)
            elif name == "SETITEM":
                self._set(self._take(2))
            elif name == "SETITEMS":
                self._set(self._to_mark())
            elif name == "BINPERSID":
                self._stack.append(self._storage(self._stack.pop()))
            elif name == "REDUCE":
                self._stack.append(self._made(*self._take(2)))
            elif name == "BUILD":
                self._stack.pop()  # the state of an OrderedDict says nothing about its tensors
                self._top(dict)
            elif name != "PROTO":
                raise CheckpointProblem(f"{name} is not for tensors")
        raise CheckpointProblem("no end")

    def _take(self, count: int) -> list[Any]:
        taken = [self._stack.pop() for _ in range(count)]
        if any(item is _MARK for item in taken):
            raise CheckpointProblem("too little on the stack")
        return taken[::-1]

    def _to_mark(self) -> list[Any]:
        items: list[Any] = []
        while (item := self._stack.pop()) is not _MARK:
            items.append(item)
        return items[::-1]

    def _top(self, kind: type) -> Any:
        if type(self._stack[-1]) is not kind:
            raise CheckpointProblem(f"no {kind.__name__} to add to")
        return self._stack[-1]

    def _set(self, items: list[Any]) -> None:
        pairs = list(zip(items[::2], items[1::2], strict=True))
        # The hash of a tuple of tuples of ... would take for ever.
        if not all(type(key) in (str, int) for key, _ in pairs):
            raise CheckpointProblem("a key that is no name or number")
        self._top(dict).update(pairs)

    def _storage(self, place: Any) -> _Storage:
        _, kind, key, _, count = place
        if not isinstance(kind, _Name) or kind.name not in _STORAGES:
            raise CheckpointProblem("unknown kind of numbers")
        if not isinstance(key, str) or not key.isdecimal() or type(count) is not int:
            raise CheckpointProblem("unknown place of numbers")
        if key not in self._storages:
            content = _read(self._archive, f"{self._folder}data/{key}", self._left)
            self._left -= len(content)
            self._storages[key] = _Storage(np.frombuffer(content, _STORAGES[kind.name]))
        found = self._storages[key]
        if found.numbers.dtype != _STORAGES[kind.name] or len(found.numbers) != count:
            raise CheckpointProblem(f"storage {key} does not hold {count} numbers")
        return found

    @staticmethod
    def _made(what: Any, arguments: Any) -> Any:
        if what == _Name(_ORDERED) and arguments == ():
            return {}
        if what == _Name(_TENSOR):
            storage, offset, shape, strides, *_ = arguments
            return _tensor(storage, offset, shape, strides)
        raise CheckpointProblem(f"{what.name if isinstance(what, _Name) else type(what).__name__} is not for tensors")


def _tensor(storage: Any, offset: Any, shape: Any, strides: Any) -> npt.NDArray[Any]:
    if (
        not isinstance(storage, _Storage)
        or len(shape) > MAX_AXES
        or not all(type(n) is int and n >= 0 for n in (offset, *shape, *strides))
    ):
        raise CheckpointProblem("a tensor without numbers")
    count = int(np.prod(shape, dtype=np.int64))
    contiguous = tuple(int(np.prod(shape[i + 1 :], dtype=np.int64)) for i in range(len(shape)))
    if strides != contiguous or offset + count > len(storage.numbers):
        raise CheckpointProblem("a tensor that is not whole")
    return storage.numbers[offset : offset + count].reshape(shape)


_PLAIN: Final[dict[str, Any]] = {
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
    "MARK": lambda: _MARK,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "NONE": lambda: None,
}
