"""Makes the files beside this one, as pyarrow 25 wrote them: python3 make.py"""
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as parquet

numbers = {
    "f2": pa.array([0, 1, 2, 3, 4], pa.float32()).cast(pa.float16()),
    "f4": pa.array([0, 1.5, 2, 3, 4], pa.float32()),
    "f8": pa.array([0.1, 1e100, -2, 3, 4], pa.float64()),
    **{name: pa.array([0, 1, 2, 100, 7], kind) for name, kind in (
        ("i1", pa.int8()), ("i2", pa.int16()), ("i4", pa.int32()), ("i8", pa.int64()),
        ("u1", pa.uint8()), ("u2", pa.uint16()), ("u4", pa.uint32()), ("u8", pa.uint64()))},
}
others = {
    "nothing": pa.nulls(5),
    "name": pa.array(["a", None, "c", "d", "eé"]),
    "large": pa.array(["a", None, "c", "d", "e"], pa.large_string()),
    "view": pa.array(["a", None, "much longer than twelve bytes", "d", "e"], pa.string_view()),
    "flag": pa.array([True, False, None, True, False]),
    "category": pa.array(["x", "y", "x", "x", None]).dictionary_encode(),
    "list": pa.array([[1], [2, 3], None, [], [4]]),
    "struct": pa.array([{"a": 1, "b": "x"}] * 5),
    "fixed": pa.array([[1.0, 2.0]] * 5, pa.list_(pa.float64(), 2)),
    "map": pa.array([[("k", 1)]] * 5, pa.map_(pa.string(), pa.int32())),
    "time": pa.array([0, 1, 2, 3, 4], pa.timestamp("us")),
    "decimal": pa.array([1, 2, 3, 4, 5], pa.decimal128(10, 2)),
    "run": pa.RunEndEncodedArray.from_arrays(pa.array([2, 5], pa.int32()), pa.array([1.0, 2.0])),
    "union": pa.UnionArray.from_dense(
        pa.array([0, 1, 0, 1, 0], pa.int8()), pa.array([0, 0, 1, 1, 2], pa.int32()),
        [pa.array([1, 2, 3]), pa.array(["a", "b"])]),
}
last = {"after": pa.array([5.0, 6, 7, 8, 9])}
plain = pa.table(numbers)
gaps = pa.table({"a": pa.array([1.0, None, 3, 4, 5, 6, 7, 8, 9, 10]), "b": pa.array([1, 2, 3, None, 5, 7, 7, 9, 9, 1])})


def write(name, table, rows=None):
    with pa.ipc.new_file(name, table.schema) as file:
        file.write_table(table, max_chunksize=rows)


write("plain.arrow", plain)
write("batches.arrow", pa.concat_tables([plain] * 3).combine_chunks(), 2)
write("mixed.arrow", pa.table({**numbers, **others, **last}))
write("gaps.arrow", gaps, 3)
write("doubles.arrow", pa.table({"a": [1.0, 2, 4, 8], "b": [3.0, 1, 4, 1]}))
write("huge.arrow", pa.table({"a": pa.array([1, 2**53 + 1], pa.int64())}))
feather.write_feather(plain, "lz4.feather")
feather.write_feather(plain, "zstd.feather", compression="zstd")
feather.write_feather(plain, "plain.feather", compression="uncompressed")
with pa.ipc.new_stream("stream.arrows", plain.schema) as file:
    file.write_table(plain)
parquet.write_table(pa.table({**{name: numbers[name] for name in ("f4", "f8", "i1", "u2", "i8")}, "name": others["name"]}),
                    "plain.parquet")
parquet.write_table(gaps, "gaps.parquet", compression="zstd")
