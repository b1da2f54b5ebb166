package org.fusedem.publish;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.fusedem.moments.Covariance;

/**
 * Where the numbers of a shared model stand: a header, then a ring of slots with a model each. See
 * {@link SharedModelWriter} for the layout in words.
 *
 * @param components K
 * @param dims D
 * @param covarianceLength the numbers of the packed covariances
 */
record SharedLayout(Covariance covariance, int components, int dims, int slots, int covarianceLength) {
    /** {@code FUSEDEM1}, as bytes in this order. */
    static final long MAGIC = 0x314d454445535546L;
    static final int VERSION = 1;

    static final long MAGIC_OFFSET = 0;
    static final long VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final long COVARIANCE_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final long COMPONENTS_OFFSET = COVARIANCE_OFFSET + Integer.BYTES;
    static final long DIMS_OFFSET = COMPONENTS_OFFSET + Integer.BYTES;
    static final long SLOTS_OFFSET = DIMS_OFFSET + Integer.BYTES;
    static final long RESERVED_OFFSET = SLOTS_OFFSET + Integer.BYTES;
    static final long SLOT_BYTES_OFFSET = RESERVED_OFFSET + Integer.BYTES;
    static final long HEADER_CHECKSUM_OFFSET = SLOT_BYTES_OFFSET + Long.BYTES;
    /** On a cache line of its own: what readers poll shall not move when they read the rest. */
    static final long LATEST_OFFSET = 64;
    static final long HEADER_BYTES = 128;

    static final long SEQUENCE_OFFSET = 0;
    static final long CHECKSUM_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final long NUMBERS_OFFSET = 64;

    private static final long LINE_BYTES = 64;

    /** A reader fails only if so many publications begin while it copies one model: so hardly ever. */
    static final int DEFAULT_SLOTS = 8;
    static final int MOST_SLOTS = 1024;
    /** Twice this is still a long, so that no sequence overflows; at a billion models per second in a century or so. */
    static final long MOST_VERSIONS = Long.MAX_VALUE / 4;

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** Of a long at a byte of a segment. */
    static final VarHandle LONG_AT = LONG.varHandle();

    /** The layout for models of one kind. */
    static SharedLayout of(Covariance covariance, int components, int dims, int slots) {
        if (components <= 0 || dims <= 0) {
            throw new IllegalArgumentException(
                    "dims and components must be positive: dims=" + dims + ", components=" + components);
        }
        if ((long) components * dims > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "too many means for one array: components=" + components + ", dims=" + dims);
        }
        return new SharedLayout(covariance, components, dims, slots, covariance.packedLength(components, dims));
    }

    long means() {
        return NUMBERS_OFFSET + (long) components * Double.BYTES;
    }

    long covariances() {
        return means() + (long) components * dims * Double.BYTES;
    }

    /** Whole cache lines, so that no two slots share one. */
    long slotBytes() {
        return Math.ceilDiv(covariances() + (long) covarianceLength * Double.BYTES, LINE_BYTES) * LINE_BYTES;
    }

    long totalBytes() {
        return HEADER_BYTES + slots * slotBytes();
    }

    /** The byte where the slot of a version starts, or that slot's number. */
    long slotOffset(long version) {
        return HEADER_BYTES + (version % slots) * slotBytes();
    }

    /** Writes the header of memory that is zero otherwise: no version yet. */
    void write(MemorySegment memory) {
        memory.set(LONG, MAGIC_OFFSET, MAGIC);
        memory.set(INT, VERSION_OFFSET, VERSION);
        memory.set(INT, COVARIANCE_OFFSET, covariance.ordinal());
        memory.set(INT, COMPONENTS_OFFSET, components);
        memory.set(INT, DIMS_OFFSET, dims);
        memory.set(INT, SLOTS_OFFSET, slots);
        memory.set(LONG, SLOT_BYTES_OFFSET, slotBytes());
        memory.set(LONG, HEADER_CHECKSUM_OFFSET, headerChecksum(memory));
    }

    /**
     * Reads a header that may be anything. What it says is believed only if the file's size agrees.
     *
     * @param bytes the size of the file
     */
    static SharedLayout read(String file, MemorySegment memory, long bytes) throws SharedModelException {
        check(bytes >= HEADER_BYTES, file, bytes, "too short for a shared model: bytes=" + bytes);
        check(memory.get(LONG, MAGIC_OFFSET) == MAGIC, file, MAGIC_OFFSET,
                "not a shared model: it must start with FUSEDEM1");
        int version = memory.get(INT, VERSION_OFFSET);
        check(version == VERSION, file, VERSION_OFFSET, "a format this library does not know: version=" + version
                + ", known=" + VERSION);
        check(memory.get(LONG, HEADER_CHECKSUM_OFFSET) == headerChecksum(memory), file, HEADER_CHECKSUM_OFFSET,
                "the header is damaged: its checksum does not match");
        int shape = memory.get(INT, COVARIANCE_OFFSET);
        check(shape >= 0 && shape < Covariance.values().length, file, COVARIANCE_OFFSET,
                "no such shape of covariances: covariance=" + shape);
        int slots = memory.get(INT, SLOTS_OFFSET);
        check(slots >= 2 && slots <= MOST_SLOTS, file, SLOTS_OFFSET,
                "slots must be from 2 to " + MOST_SLOTS + ": slots=" + slots);
        SharedLayout layout = readKind(file, memory, Covariance.values()[shape], slots);
        long slotBytes = memory.get(LONG, SLOT_BYTES_OFFSET);
        check(slotBytes == layout.slotBytes(), file, SLOT_BYTES_OFFSET,
                "a slot has another size than its models: slotBytes=" + slotBytes + ", models=" + layout.slotBytes());
        check(bytes == layout.totalBytes(), file, Math.min(bytes, layout.totalBytes()),
                "the file has another size than its header says: bytes=" + bytes + ", header=" + layout.totalBytes());
        return layout;
    }

    private static SharedLayout readKind(String file, MemorySegment memory, Covariance covariance, int slots)
            throws SharedModelException {
        try {
            return of(covariance, memory.get(INT, COMPONENTS_OFFSET), memory.get(INT, DIMS_OFFSET), slots);
        } catch (IllegalArgumentException e) {
            throw new SharedModelException(file, COMPONENTS_OFFSET, e.getMessage());
        }
    }

    /** The version of the latest whole model, 0 if there is none: checked, as it may be anything. */
    static long checkedLatest(String file, long version) throws SharedModelException {
        // Asked at every look: no sentence is made unless it is needed.
        if (version < 0 || version > MOST_VERSIONS) {
            throw new SharedModelException(file, LATEST_OFFSET, "no such version: version=" + version);
        }
        return version;
    }

    private static void check(boolean right, String file, long offset, String problem) throws SharedModelException {
        if (!right) {
            throw new SharedModelException(file, offset, problem);
        }
    }

    private static long headerChecksum(MemorySegment memory) {
        long sum = Checksum.START;
        for (long at = 0; at < HEADER_CHECKSUM_OFFSET; at += Long.BYTES) {
            sum = Checksum.add(sum, memory.get(LONG, at));
        }
        return sum;
    }
}
