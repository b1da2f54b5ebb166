package org.fusedem.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Draws rows without replacement, with probability in proportion to a mass: each row has an exponential variate of that
 * rate, and the smallest are drawn (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006). Races of
 * parts merge to the race of the whole.
 *
 * <p>The variate comes from a hash of seed and coordinates. So it does not matter which partition a row is in, nor which
 * place it has there; and of equal rows one is drawn at most.
 */
final class Race {
    /** One row in the race. */
    private record Entry(double time, double[] row) {
        static final Comparator<Entry> FIRST_IN =
                Comparator.comparingDouble(Entry::time).thenComparing(Entry::row, Arrays::compare);
    }

    private final int most;
    private final TreeSet<Entry> first = new TreeSet<>(Entry.FIRST_IN);

    /** A race that draws so many. */
    Race(int most) {
        this.most = most;
    }

    /** Enters a row, which is copied if it is drawn so far. */
    void enter(double[] row, double mass, long seed) {
        if (!(mass > 0)) {
            return;
        }
        double time = -Math.log(uniform(row, seed)) / mass;
        if (first.size() < most || time < first.last().time()) {
            double[] copy = new double[row.length];
            Arrays.setAll(copy, i -> row[i] + 0.0);
            add(new Entry(time, copy));
        }
    }

    /** Of equal rows with different mass, the first one in counts. */
    private void add(Entry entry) {
        for (Entry other : first) {
            if (Arrays.equals(other.row(), entry.row())) {
                if (other.time() > entry.time()) {
                    first.remove(other);
                    first.add(entry);
                }
                return;
            }
        }
        first.add(entry);
        if (first.size() > most) {
            first.pollLast();
        }
    }

    /** A number above 0 and below 1. */
    private static double uniform(double[] row, long seed) {
        long hash = mixed(seed);
        for (double x : row) {
            // Negative zero is zero.
            hash = mixed(hash ^ Double.doubleToLongBits(x + 0.0));
        }
        return ((hash >>> 11) + 0.5) * 0x1p-53;
    }

    /** Stafford's mix 13, as in SplittableRandom: each bit depends on all. */
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The rows drawn, in order. */
    List<double[]> rows() {
        return new ArrayList<>(first.stream().map(Entry::row).toList());
    }

    private byte[] toBytes() {
        int dims = first.isEmpty() ? 0 : first.first().row().length;
        ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES + first.size() * (dims + 1) * Double.BYTES);
        bytes.putInt(most).putInt(dims);
        for (Entry entry : first) {
            bytes.putDouble(entry.time());
            for (double x : entry.row()) {
                bytes.putDouble(x);
            }
        }
        return bytes.array();
    }

    private static Race ofBytes(byte[] array) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        Race race = new Race(bytes.getInt());
        int dims = bytes.getInt();
        while (bytes.hasRemaining()) {
            double time = bytes.getDouble();
            double[] row = new double[dims];
            Arrays.setAll(row, i -> bytes.getDouble());
            race.add(new Entry(time, row));
        }
        return race;
    }

    /** Races merge. */
    static final class OfParts implements Merging<Race>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Race read(byte[] bytes) {
            return ofBytes(bytes);
        }

        @Override
        public Race merge(Race first, Race second) {
            second.first.forEach(first::add);
            return first;
        }

        @Override
        public byte[] write(Race whole) {
            return whole.toBytes();
        }
    }
}
