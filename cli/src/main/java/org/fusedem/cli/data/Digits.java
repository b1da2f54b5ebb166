package org.fusedem.cli.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal digits, up to eight at a time in a long, the first in its lowest byte. How many there are differs from number to
 * number, so a loop over them would be mispredicted once each, which costs as much as the rest.
 */
final class Digits {
    /** In a long. */
    static final int MOST = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030303030303030L;
    private static final long POWER = 100_000_000;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private Digits() {}

    /** Eight bytes. */
    static long load(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** With how many digits they begin. */
    static int count(long eight) {
        // A byte of 0 to 9 stays below 16 when 6 is added; a carry only goes to bytes behind one that is no digit.
        long less = eight ^ ZEROS;
        long others = (less + 0x0606060606060606L | less) & 0xF0F0F0F0F0F0F0F0L;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** A number with {@code count} of the digits behind it. */
    static long append(long number, long eight, int count) {
        if (count == MOST) {
            return number * POWER + value(eight);
        }
        // As if zeros stood in front. Two shifts, since one by all 64 bits is one by none.
        return number * POWERS[count] + value(eight << (MOST - 1 - count << 3) << 8);
    }

    /** Of eight digits, or zero bytes instead of leading zeros: sums of neighbours, first of one digit, then two, then four. */
    private static long value(long eight) {
        long pairs = (eight & 0x0F0F0F0F0F0F0F0FL) * (10 * (1L << 8) + 1) >>> 8 & 0x00FF00FF00FF00FFL;
        long fours = pairs * (100 * (1L << 16) + 1) >>> 16 & 0x0000FFFF0000FFFFL;
        return fours * (10_000 * (1L << 32) + 1) >>> 32;
    }
}
