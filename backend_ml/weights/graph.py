"""Write a network as an ONNX file: its operations, in order, and its numbers.

The bytes are written here, field by field of the ONNX protobuf format, and not by the `onnx` package: equal
networks give equal bytes whatever is installed, so that their hash can be pinned.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final, final

import numpy as np
import numpy.typing as npt

OPSET: Final = 17
IR_VERSION: Final = 8

_TYPES: Final = {np.dtype("float32"): 1, np.dtype("int64"): 7}

Attribute = int | float | str | Sequence[int]
Axis = int | str


@final
class Graph:
    """A network in the making; operations are added in the order in which they are done."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[bytes] = []
        self._numbers: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, *shape: Axis) -> str:
        """Declare a float32 input; an axis of any length has a name for its size."""
        self._inputs.append(_value(name, shape))
        return name

    def output(self, name: str, value: str, *shape: Axis) -> None:
        """Give a value out under a name, as float32."""
        self._add("Identity", (value,), name, {})
        self._outputs.append(_value(name, shape))

    def constant(self, numbers: npt.ArrayLike, kind: type[np.generic] = np.float32) -> str:
        """Keep numbers in the file and return the name of their value."""
        array = np.ascontiguousarray(numbers, dtype=kind)
        name = f"c{len(self._numbers)}"
        tensor = b"".join(_integer(1, size) for size in np.shape(numbers))
        tensor += _integer(2, _TYPES[array.dtype]) + _text(8, name)
        self._numbers.append(tensor + _bytes(9, array.astype(array.dtype.newbyteorder("<")).tobytes()))
        return name

    def add(self, operation: str, *values: str, **attributes: Attribute) -> str:
        """Add an operation on values and return the name of its (first) result."""
        return self._add(operation, values, f"v{len(self._nodes)}", attributes)

    def content(self) -> bytes:
        """Return the content of the ONNX file."""
        graph = b"".join(_bytes(1, node) for node in self._nodes) + _text(2, self._name)
        graph += b"".join(_bytes(5, tensor) for tensor in self._numbers)
        graph += b"".join(_bytes(11, value) for value in self._inputs)
        graph += b"".join(_bytes(12, value) for value in self._outputs)
        operations = _text(1, "") + _integer(2, OPSET)
        return _integer(1, IR_VERSION) + _text(2, "vib-studio") + _bytes(7, graph) + _bytes(8, operations)

    def _add(self, operation: str, values: Sequence[str], result: str, attributes: dict[str, Attribute]) -> str:
        node = b"".join(_text(1, value) for value in values) + _text(2, result)
        node += _text(3, f"n{len(self._nodes)}") + _text(4, operation)
        node += b"".join(_bytes(5, _attribute(name, value)) for name, value in attributes.items())
        self._nodes.append(node)
        return result


def _value(name: str, shape: Sequence[Axis]) -> bytes:
    axes = b"".join(_bytes(1, _text(2, axis) if isinstance(axis, str) else _integer(1, axis)) for axis in shape)
    tensor = _integer(1, _TYPES[np.dtype("float32")]) + _bytes(2, axes)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _attribute(name: str, value: Attribute) -> bytes:
    match value:
        case int():
            return _text(1, name) + _integer(3, value) + _integer(20, 2)
        case float():
            return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _integer(20, 1)
        case str():
            return _text(1, name) + _text(4, value) + _integer(20, 3)
        case _:
            return _text(1, name) + b"".join(_integer(8, item) for item in value) + _integer(20, 7)


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    content = bytearray()
    while value > 0x7F:
        content.append(value & 0x7F | 0x80)
        value >>= 7
    content.append(value)
    return bytes(content)


def _integer(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())
