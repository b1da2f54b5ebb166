package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies a tile's columns, less the centre of the mixture or a component, to where the other stages read them. */
final class Centring64 {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private Centring64() {}

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
        DoubleVector c = DoubleVector.broadcast(SPECIES, centre);
        for (long p = 0; p < bytes; p += VECTOR) {
            DoubleVector.fromMemorySegment(SPECIES, column, at + p, ORDER).sub(c).intoMemorySegment(x, row + p, ORDER);
        }
    }
}
