package org.fusedem.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.fusedem.points.Points;
import org.junit.jupiter.api.Test;

/** A checkpoint whose checksum is right and whose content no fit has written is refused, in words. */
class ForgedCheckpointTest {
    private static final FitOptions OPTIONS = FitOptions.components(2).withKernel(KernelChoice.SCALAR).withRestarts(6)
            .withFinalists(3).withMaxIterations(30).withNoise(Noise.ofBoundingBox());
    /** Where the length of the description stands: behind the signature. */
    private static final int DESCRIPTION_LENGTH = Long.BYTES;

    private final Points points = points();
    private final List<byte[]> honest = honest();

    private static Points points() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[60][2];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return Points.ofRows(rows);
    }

    private List<byte[]> honest() {
        List<byte[]> all = new ArrayList<>();
        Fitter.fit(points, OPTIONS.withCheckpoints(new Checkpoints() {
            @Override
            public boolean isDue() {
                return true;
            }

            @Override
            public void take(FitCheckpoint checkpoint) {
                all.add(checkpoint.toBytes());
            }
        }));
        return all;
    }

    /** The content changed, the checksum right. */
    private static byte[] forged(byte[] honest, Consumer<ByteBuffer> change) {
        byte[] bytes = honest.clone();
        change.accept(ByteBuffer.wrap(bytes));
        return sealed(bytes);
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) checksum.getValue());
        return bytes;
    }

    private static int countsAt(byte[] bytes) {
        return DESCRIPTION_LENGTH + Short.BYTES + (ByteBuffer.wrap(bytes).getShort(DESCRIPTION_LENGTH) & 0xFFFF);
    }

    private void assertRefused(byte[] bytes) throws IOException {
        FitCheckpoint checkpoint = FitCheckpoint.ofBytes(bytes);
        String message = assertThrows(IllegalArgumentException.class,
                () -> Fitter.fit(points, OPTIONS.withResume(checkpoint))).getMessage();
        assertEquals("the checkpoint is damaged: its sizes, counts or noise weight are not those of the fit", message);
    }

    @Test
    void moreHealthyRunsThanRuns() throws IOException {
        for (byte[] bytes : List.of(honest.getFirst(), honest.getLast())) {
            int at = countsAt(bytes);
            int runsDone = ByteBuffer.wrap(bytes).getInt(at);
            for (int healthyRuns : new int[] {runsDone + 1, Integer.MAX_VALUE, -1}) {
                assertRefused(forged(bytes, content -> content.putInt(at + Integer.BYTES, healthyRuns)));
            }
        }
    }

    /** The run under way begins behind the counts, both arrays of all starts, and two times. */
    private static int currentRunAt(byte[] bytes) {
        return countsAt(bytes) + 2 * Integer.BYTES + 2 * (Integer.BYTES + 6 * Double.BYTES) + 2 * Double.BYTES;
    }

    @Test
    void moreComponentsAffectedThanThereAre() throws IOException {
        byte[] bytes = honest.getLast();
        for (int affected : new int[] {3, -1}) {
            assertRefused(forged(bytes, content -> content.putInt(currentRunAt(bytes) + Integer.BYTES, affected)));
        }
    }

    @Test
    void aWeightOfTheNoiseBeyondOne() throws IOException {
        byte[] bytes = honest.getLast();
        int at = currentRunAt(bytes) + 5 * Integer.BYTES + (2 + 4 + 6) * Double.BYTES;
        for (double weight : new double[] {-0.1, 1.1}) {
            assertRefused(forged(bytes, content -> content.putDouble(at, weight)));
        }
    }

    /** Wherever a number stands: NaN there is refused, when read or when fitted, or is no number's bytes. */
    @Test
    void aNumberThatIsNone() throws IOException {
        byte[] bytes = honest.getLast();
        int refused = 0;
        for (int at = countsAt(bytes); at + Double.BYTES <= bytes.length - Integer.BYTES; at++) {
            for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                int place = at;
                byte[] forged = forged(bytes, content -> content.putDouble(place, number));
                try {
                    FitResult result = Fitter.fit(points, OPTIONS.withResume(FitCheckpoint.ofBytes(forged)));
                    assertAllFinite(result);
                } catch (IOException e) {
                    refused += e.getMessage().equals("is damaged: a number in it is not finite: " + number) ? 1 : 0;
                } catch (IllegalArgumentException e) {
                    assertTrue(e.getMessage() != null);
                }
            }
        }
        // The parameters of both runs alone.
        assertTrue(refused >= 3 * 2 * (2 + 4 + 6 + 1), "refused: " + refused);
    }

    private static void assertAllFinite(FitResult result) {
        for (double[] numbers : new double[][] {
            result.trace(), result.logPriors(), result.restartLogLikelihoods(),
            {result.secondsStart(), result.secondsIterations(), result.noisyModel().noiseWeight()}
        }) {
            for (double number : numbers) {
                assertTrue(Double.isFinite(number), () -> Arrays.toString(numbers));
            }
        }
    }

    @Test
    void contentThatIsCutOff() {
        byte[] bytes = honest.getLast();
        for (int length = Long.BYTES; length < bytes.length - Integer.BYTES; length++) {
            byte[] cut = sealed(Arrays.copyOf(bytes, length + Integer.BYTES));
            String message = assertThrows(IOException.class, () -> FitCheckpoint.ofBytes(cut)).getMessage();
            assertTrue(message.startsWith("is damaged: "), message);
        }
        byte[] longer = sealed(Arrays.copyOf(bytes, bytes.length + 3));
        assertEquals("is damaged: its content ends 3 bytes before its checksum",
                assertThrows(IOException.class, () -> FitCheckpoint.ofBytes(longer)).getMessage());
    }

    @Test
    void aDescriptionThatIsNoText() {
        byte[] bytes = forged(honest.getFirst(), content -> content.put(DESCRIPTION_LENGTH + Short.BYTES, (byte) 0x80));
        assertEquals("is damaged: its checksum is right, but its content is cut off or garbled",
                assertThrows(IOException.class, () -> FitCheckpoint.ofBytes(bytes)).getMessage());
    }
}
