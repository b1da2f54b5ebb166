package org.fusedem.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies a tile's columns, less the centre of the mixture, to where the other stages read them.
 *
 * <p>The difference is taken in double and then rounded: so far from zero nothing is lost but what storing as float has
 * lost already.
 */
final class Centring32 {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> WIDE = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long VECTOR = SPECIES.vectorByteSize();

    private Centring32() {}

    static void run(Tile tile, double[] centre, long bytes) {
        System.arraycopy(centre, 0, tile.centre(), 0, centre.length);
        for (int i = 0; i < centre.length; i++) {
            column(tile.columns(), tile.offset() + i * tile.strideBytes(), centre[i], tile.features(),
                    i * Tile.ROW_BYTES, bytes);
        }
    }

    private static void column(MemorySegment column, long at, double centre, MemorySegment x, long row, long bytes) {
        DoubleVector c = DoubleVector.broadcast(WIDE, centre);
        for (long p = 0; p < bytes; p += VECTOR) {
            FloatVector v = FloatVector.fromMemorySegment(SPECIES, column, at + p, ORDER);
            DoubleVector low = (DoubleVector) v.convertShape(VectorOperators.F2D, WIDE, 0);
            DoubleVector high = (DoubleVector) v.convertShape(VectorOperators.F2D, WIDE, 1);
            FloatVector narrowLow = (FloatVector) low.sub(c).convertShape(VectorOperators.D2F, SPECIES, 0);
            FloatVector narrowHigh = (FloatVector) high.sub(c).convertShape(VectorOperators.D2F, SPECIES, -1);
            narrowLow.add(narrowHigh).intoMemorySegment(x, row + p, ORDER);
        }
    }
}
