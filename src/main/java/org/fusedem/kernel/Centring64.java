package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies a tile's columns, less the centre of the mixture, to where the other stages read them. */
final class Centring64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private Centring64() {}

    static void run(Tile tile, double[] centre, long bytes) {
        System.arraycopy(centre, 0, tile.centre(), 0, centre.length);
        for (int i = 0; i < centre.length; i++) {
            column(tile.columns(), tile.offset() + i * tile.strideBytes(), centre[i], tile.features(),
                    i * Tile.ROW_BYTES, bytes);
        }
    }

    private static void column(MemorySegment columns, long at, double centre, MemorySegment features, long row,
            long bytes) {
        MemorySegment column = NativeMemory.of(columns);
        MemorySegment x = NativeMemory.of(features);
        DoubleVector c = DoubleVector.broadcast(SPECIES, centre);
        for (long p = 0; p < bytes; p += VECTOR) {
            DoubleVector.fromMemorySegment(SPECIES, column, at + p, ORDER).sub(c).intoMemorySegment(x, row + p, ORDER);
        }
    }
}
