"""Safetensors files: the length of a header (8 bytes, little-endian), the header as JSON, the arrays' bytes."""

import json
import struct

import numpy

DTYPES = {"F32": numpy.dtype("<f4"), "F16": numpy.dtype("<f2"), "I8": numpy.dtype("i1")}


def read(path):
    """The arrays by name, in single precision, and the metadata."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]])
        arrays[name] = flat.reshape(entry["shape"]).astype(numpy.float32)
    for name in [name for name, entry in header.items() if entry["dtype"] == "I8"]:
        arrays[name] *= arrays.pop(name + ".scale")
    return arrays, metadata


def write(path, arrays, metadata):
    """Writes single-precision arrays by name; metadata is text by name."""
    header = {"__metadata__": metadata}
    offset = 0
    for name, array in arrays.items():
        header[name] = {"dtype": "F32", "shape": array.shape, "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    encoded = json.dumps(header).encode()
    # The arrays begin at a multiple of 8 bytes, as readers may want.
    encoded += b" " * (-len(encoded) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(encoded)))
        file.write(encoded)
        for array in arrays.values():
            file.write(array.astype("<f4").tobytes())
