// Made from Scores64.java by FloatKernels: change that one.
package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;

/** Stage two where each point's log-density is wanted, and not only their sum. */
final class Scores32 {
    private Scores32() {}

    /** Responsibilities in place; {@code into} receives the log-densities of points that weigh 1 each. */
    static void run(Tile tile, double[] into, int start) { // in double
        Stages32.responsibilities(tile);
        MemorySegment scratch = NativeMemory.of(tile.features());
        long largest = tile.spare();
        if (!tile.weighted()) {
            // It has left the largest log-densities and the sums; of a weighted tile they are one number already.
            LogSumExp32.weighted(scratch, largest, largest + Tile.ROW_BYTES, tile.padded() * (long) Element32.BYTES,
                    tile.weights(), tile.doubleLanes());
        }
        for (int n = 0; n < tile.count(); n++) {
            into[start + n] = scratch.get(Element32.LAYOUT, largest + n * (long) Element32.BYTES);
        }
    }
}
