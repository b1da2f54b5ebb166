package org.fusedem.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fusedem.kernel.Tile;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** A tile for points that stand elsewhere and otherwise: they are copied, column by column, to where it reads them. */
final class Staging {
    private final ElementType type;
    private final MemorySegment[] columns;
    private final double[] doubles;
    private final float[] floats;
    private final Tile tile;

    /** The memory comes from an arena that must outlive this. */
    Staging(ElementType type, int components, int dims, Arena arena) {
        this.type = type;
        int capacity = Tile.capacity(components, type);
        columns = new MemorySegment[dims];
        for (int i = 0; i < dims; i++) {
            columns[i] = arena.allocate((long) capacity * type.bytes(), 64);
        }
        doubles = new double[capacity];
        floats = new float[type == ElementType.FLOAT32 ? capacity : 0];
        // Points that change: no one but this tile ever sees them, and it is told to load them anew each time.
        tile = new Tile(Points.view(type, capacity, columns), components, arena);
    }

    /** The most points at a time. */
    int capacity() {
        return doubles.length;
    }

    /** Loads so many points, from row {@code first} on, into the tile. */
    Tile load(Rows rows, long first, int count) {
        for (int i = 0; i < columns.length; i++) {
            rows.copyColumn(i, first, count, doubles);
            if (type == ElementType.FLOAT64) {
                MemorySegment.copy(doubles, 0, columns[i], ValueLayout.JAVA_DOUBLE, 0, count);
            } else {
                for (int n = 0; n < count; n++) {
                    floats[n] = (float) doubles[n];
                }
                MemorySegment.copy(floats, 0, columns[i], ValueLayout.JAVA_FLOAT, 0, count);
            }
        }
        tile.load(0, count);
        return tile;
    }
}
