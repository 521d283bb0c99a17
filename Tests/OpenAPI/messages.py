"""Bodies for the calls that carry protobuf: bytes at random, and messages that are sound as protobuf
and mean nothing, or nearly something."""

import schemathesis
from hypothesis import strategies as st

MEDIA = "application/vnd.quipu.sync.v1+protobuf"


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number, wire, payload):
    return varint(number << 3 | wire) + payload


numbers = st.integers(1, 16)
scalars = st.one_of(
    st.tuples(numbers, st.integers(0, 2**64 - 1)).map(lambda f: field(f[0], 0, varint(f[1]))),
    st.tuples(numbers, st.binary(min_size=8, max_size=8)).map(lambda f: field(f[0], 1, f[1])),
    st.tuples(numbers, st.sampled_from([0, 8, 16, 32, 64]).flatmap(lambda n: st.binary(min_size=n, max_size=n))).map(
        lambda f: field(f[0], 2, varint(len(f[1])) + f[1])),
    st.tuples(numbers, st.text(max_size=12)).map(
        lambda f: field(f[0], 2, varint(len(f[1].encode())) + f[1].encode())))
messages = st.recursive(
    st.lists(scalars, max_size=8).map(b"".join),
    lambda inner: st.lists(
        st.one_of(scalars, st.tuples(numbers, inner).map(lambda f: field(f[0], 2, varint(len(f[1])) + f[1]))),
        max_size=8).map(b"".join),
    max_leaves=12)
# Versions of format and protocol stand first in what is accepted further.
versioned = messages.map(lambda body: field(1, 0, varint(1)) + body)

schemathesis.openapi.media_type(MEDIA, st.one_of(st.binary(max_size=200), messages, versioned))


@schemathesis.serializer(MEDIA)
def serialize(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
