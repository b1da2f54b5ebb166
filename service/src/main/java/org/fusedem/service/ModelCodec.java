package org.fusedem.service;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfDouble;
import java.lang.foreign.ValueLayout.OfInt;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;

/**
 * Writes mixtures to buffers and reads them back, as {@link ModelLayout} says: to send a model, or to keep one in a
 * mapped file. The numbers come back bit by bit; the names of the features do not travel.
 *
 * <p>A buffer that is written while another thread reads it gives a model that is refused for its checksum; readers
 * that must not wait share a model by {@link org.fusedem.publish.SharedModelWriter}.
 */
public final class ModelCodec {
    private static final OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ModelCodec() {}

    /** The bytes that {@link #encode} writes for a model. */
    public static int encodedLength(GaussianMixture model) {
        return ModelLayout.length(model.covariance(), model.dims(), model.components());
    }

    /**
     * Writes a model.
     *
     * @return the number of bytes written
     * @throws IndexOutOfBoundsException if the buffer has less than {@link #encodedLength} bytes from there; then
     *     nothing is written
     * @throws IllegalArgumentException if the buffer wraps a bare address or is read-only
     */
    public static int encode(GaussianMixture model, MutableDirectBuffer buffer, int offset) {
        int length = encodedLength(model);
        MemorySegment bytes = BufferSegments.writable(buffer, offset, length);
        bytes.set(INT, ModelLayout.MAGIC_OFFSET, ModelLayout.MAGIC);
        bytes.set(INT, ModelLayout.VERSION_OFFSET, ModelLayout.VERSION);
        bytes.set(INT, ModelLayout.LENGTH_OFFSET, length);
        bytes.set(INT, ModelLayout.SHAPE_OFFSET, ModelLayout.shapeCode(model.covariance()));
        bytes.set(INT, ModelLayout.DIMS_OFFSET, model.dims());
        bytes.set(INT, ModelLayout.COMPONENTS_OFFSET, model.components());
        bytes.set(INT, ModelLayout.RESERVED_OFFSET, 0);
        long at = put(model.weights(), bytes, ModelLayout.WEIGHTS_OFFSET);
        at = put(model.means(), bytes, at);
        put(model.covariances(), bytes, at);
        bytes.set(INT, ModelLayout.CHECKSUM_OFFSET, checksum(bytes));
        return length;
    }

    private static long put(double[] numbers, MemorySegment bytes, long at) {
        MemorySegment.copy(numbers, 0, bytes, DOUBLE, at, numbers.length);
        return at + (long) numbers.length * Double.BYTES;
    }

    /**
     * Reads a model.
     *
     * @param length of the bytes that may be read; the model may end before
     * @throws IndexOutOfBoundsException if the buffer has not so many bytes from there
     * @throws IllegalArgumentException if they are no model, of another version, cut off or damaged; or if the buffer
     *     wraps a bare address
     */
    public static GaussianMixture decode(DirectBuffer buffer, int offset, int length) {
        MemorySegment bytes = BufferSegments.readable(buffer, offset, length);
        check(length >= ModelLayout.WEIGHTS_OFFSET, "shorter than its header: length=", length);
        check(bytes.get(INT, ModelLayout.MAGIC_OFFSET) == ModelLayout.MAGIC, "it starts with other bytes: magic=",
                bytes.get(INT, ModelLayout.MAGIC_OFFSET));
        int stated = bytes.get(INT, ModelLayout.LENGTH_OFFSET);
        check(stated >= ModelLayout.WEIGHTS_OFFSET && stated <= length,
                "it is cut off or damaged: there are " + length + " bytes, and it says length=", stated);
        // What is checked must be what is used, even if somebody writes there meanwhile.
        return decode(MemorySegment.ofArray(bytes.asSlice(0, stated).toArray(ValueLayout.JAVA_BYTE)));
    }

    private static GaussianMixture decode(MemorySegment model) {
        int version = model.get(INT, ModelLayout.VERSION_OFFSET);
        check(version == ModelLayout.VERSION, "this release reads version " + ModelLayout.VERSION + ": version=",
                version);
        int checksum = model.get(INT, ModelLayout.CHECKSUM_OFFSET);
        check(checksum == checksum(model), "it is damaged: checksum=", checksum);
        int code = model.get(INT, ModelLayout.SHAPE_OFFSET);
        Covariance shape = ModelLayout.shape(code);
        check(shape != null, "unknown shape: code=", code);
        int dims = model.get(INT, ModelLayout.DIMS_OFFSET);
        int components = model.get(INT, ModelLayout.COMPONENTS_OFFSET);
        int length = ModelLayout.length(shape, dims, components);
        check(length == model.byteSize(), "dims=" + dims + " and components=" + components + " do not go with length=",
                (int) model.byteSize());
        double[] weights = new double[components];
        double[] means = new double[components * dims];
        double[] covariances = new double[shape.packedLength(components, dims)];
        long at = get(model, ModelLayout.WEIGHTS_OFFSET, weights);
        at = get(model, at, means);
        get(model, at, covariances);
        return GaussianMixture.of(shape, dims, weights, means, covariances);
    }

    private static long get(MemorySegment bytes, long at, double[] into) {
        MemorySegment.copy(bytes, DOUBLE, at, into, 0, into.length);
        return at + (long) into.length * Double.BYTES;
    }

    private static void check(boolean fine, String problem, int value) {
        if (!fine) {
            throw new IllegalArgumentException("these bytes are no model: " + problem + value);
        }
    }

    private static int checksum(MemorySegment model) {
        CRC32C crc = new CRC32C();
        crc.update(model.asSlice(ModelLayout.SHAPE_OFFSET).asByteBuffer());
        return (int) crc.getValue();
    }
}
