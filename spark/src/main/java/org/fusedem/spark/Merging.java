package org.fusedem.spark;

import java.io.Serializable;
import org.fusedem.moments.Moments;

/**
 * How partial results of one kind, which travel as bytes, are put together.
 *
 * @param <T> what they are
 */
interface Merging<T> extends Serializable {
    T read(byte[] bytes);

    /** Puts both together, the second behind the first; may change the first. */
    T merge(T first, T second);

    byte[] write(T whole);

    /** Moments add up. */
    final class OfMoments implements Merging<Moments> {
        private static final long serialVersionUID = 1L;

        @Override
        public Moments read(byte[] bytes) {
            return Moments.ofBytes(bytes);
        }

        @Override
        public Moments merge(Moments first, Moments second) {
            first.merge(second);
            return first;
        }

        @Override
        public byte[] write(Moments whole) {
            return whole.toBytes();
        }
    }
}
