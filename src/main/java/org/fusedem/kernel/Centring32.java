package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies a tile's columns, less the centre of the mixture or a component, to where the other stages read them.
 *
 * <p>The centre is a double, taken off as the two floats that it is the sum of: first the nearest, which near the centre
 * rounds nothing (Sterbenz), then the rest. So far from zero nothing is lost but what storing as float has lost already.
 */
final class Centring32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private Centring32() {}

    /** The centre of the tile's dims stands from {@code first} on. */
    static void run(Tile tile, double[] centre, int first, long bytes) {
        System.arraycopy(centre, first, tile.centre(), 0, tile.dims());
        for (int i = 0; i < tile.dims(); i++) {
            column(tile.columns(), tile.offset() + i * tile.strideBytes(), centre[first + i], tile.features(),
                    i * Tile.ROW_BYTES, bytes);
        }
    }

    private static void column(MemorySegment columns, long at, double centre, MemorySegment features, long row,
            long bytes) {
        MemorySegment column = NativeMemory.of(columns);
        MemorySegment x = NativeMemory.of(features);
        float nearest = (float) centre;
        FloatVector c = FloatVector.broadcast(SPECIES, nearest);
        FloatVector rest = FloatVector.broadcast(SPECIES, (float) (centre - nearest));
        for (long p = 0; p < bytes; p += VECTOR) {
            FloatVector.fromMemorySegment(SPECIES, column, at + p, ORDER).sub(c).sub(rest)
                    .intoMemorySegment(x, row + p, ORDER);
        }
    }
}
