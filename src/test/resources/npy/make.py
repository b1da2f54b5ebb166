"""Makes the arrays beside this file, as NumPy 1.24 wrote them: python3 make.py"""
import numpy as np

values = np.array([[0, 1, 2], [100, 50, 7]])
for kind in ("f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
    for order in "<>":
        for name, layout in (("c", np.ascontiguousarray), ("fortran", np.asfortranarray)):
            np.save(f"{'little' if order == '<' else 'big'}-{kind}-{name}.npy", layout(values.astype(order + kind)))
for version in ((1, 0), (2, 0), (3, 0)):
    with open(f"version-{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, values.astype("f8"), version=version)
np.save("one-dimension.npy", np.array([3.0, 4.0]))
np.save("extremes.npy", np.array([[-128.0, np.finfo("f8").tiny], [-0.0, 1e100]]))
np.savez("plain.npz", X=values.astype("f8"), columns=np.array(["a", "größe", "長さ\U0001f600"]))
np.savez_compressed("compressed.npz", X=values.astype("f4"), sample_weight=np.array([1.0, 0.5]))
