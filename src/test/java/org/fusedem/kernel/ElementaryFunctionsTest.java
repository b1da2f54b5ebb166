package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Own exp and log against references of more digits.
 *
 * <table><caption>Limits</caption>
 * <tr><th>function</th><th>range</th><th>ulps</th></tr>
 * <tr><td>exp, double</td><td>-708 to 709</td><td>1.1</td></tr>
 * <tr><td>exp, float</td><td>-87 to 88</td><td>1.1</td></tr>
 * <tr><td>log, double and float</td><td>all normal numbers</td><td>1</td></tr>
 * </table>
 */
class ElementaryFunctionsTest {
    /** The widest vector. */
    private static final int BYTES = 64;
    /** Room for one, and for a shift and a sum to each of its numbers. */
    private static final MemorySegment VECTOR = Arena.ofAuto().allocate(3 * BYTES, BYTES);
    private static final double[] NUMBERS = new double[BYTES / Double.BYTES];

    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal LOG_2 = new BigDecimal("0.6931471805599453094172321214581765680755001343602553");
    private static final int SAMPLES = 20_000;

    @Test
    void expOfDoubles() {
        Random random = new Random(11);
        double worst = 0;
        for (int i = 0; i < SAMPLES; i++) {
            // Half of them where responsibilities are made, half over the whole range.
            double x = i % 2 == 0 ? -45 * random.nextDouble() : -708 + 1417 * random.nextDouble();
            worst = Math.max(worst, ulpsOff(exp64(x, Exponential64.LEAST), exactExp(x)));
        }
        assertTrue(worst <= 1.1, "ulps: " + worst);
    }

    @Test
    void expOfDoublesAtTheEdges() {
        assertEquals(1, exp64(0, Exponential64.LEAST));
        assertEquals(1, exp64(-0.0, Exponential64.LEAST));
        assertEquals(1, exp64(Double.MIN_VALUE, Exponential64.LEAST));
        assertEquals(1, exp64(-0x1p-60, Exponential64.LEAST));
        assertTrue(exp64(Exponential64.LEAST, Exponential64.LEAST) >= Double.MIN_NORMAL);
        assertTrue(exp64(Exponential64.LARGEST, Exponential64.LEAST) < Double.POSITIVE_INFINITY);
        for (double x : new double[] {-708.0000001, -745, -1e10, -1e300, -Double.MAX_VALUE, Double.NEGATIVE_INFINITY}) {
            assertEquals(0, exp64(x, Exponential64.LEAST), "exp(" + x + ")");
        }
        assertEquals(0, exp64(Element64.NEGLIGIBLE * 1.000001, Element64.NEGLIGIBLE));
        assertTrue(exp64(Element64.NEGLIGIBLE, Element64.NEGLIGIBLE) > 0);
        assertTrue(Double.isNaN(exp64(Double.NaN, Exponential64.LEAST)));
    }

    @Test
    void expOfWhatIsLeftOfAShiftIsAddedToASum() {
        assertEquals(exp64(-2.5, Exponential64.LEAST), exp64(4.5, 7, 3, Exponential64.LEAST));
        assertEquals(exp32(-2.5f, Exponential32.LEAST), exp32(4.5f, 7, 3, Exponential32.LEAST));
        double[] numbers = {4.5, 4.5, 4.5, 4.5, 4.5, 4.5, 4.5, 4.5};
        Exponential64.array(numbers, 7, Exponential64.LEAST, numbers);
        assertEquals(exp64(-2.5, Exponential64.LEAST), numbers[7]);
    }

    @Test
    void expOfFloats() {
        double worst = 0;
        Random random = new Random(12);
        for (int i = 0; i < 50 * SAMPLES; i++) {
            float x = i % 2 == 0 ? -23 * random.nextFloat() : -87 + 175 * random.nextFloat();
            float found = exp32(x, Exponential32.LEAST);
            worst = Math.max(worst, Math.abs(found - StrictMath.exp(x)) / Math.ulp(found));
        }
        assertTrue(worst <= 1.1, "ulps: " + worst);
    }

    @Test
    void expOfFloatsAtTheEdges() {
        assertEquals(1, exp32(0, Exponential32.LEAST));
        assertTrue(exp32(Exponential32.LEAST, Exponential32.LEAST) >= Float.MIN_NORMAL);
        assertTrue(exp32(Exponential32.LARGEST, Exponential32.LEAST) < Float.POSITIVE_INFINITY);
        for (float x : new float[] {-87.001f, -104, -1e10f, -1e30f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY}) {
            assertEquals(0, exp32(x, Exponential32.LEAST), "exp(" + x + ")");
        }
    }

    @Test
    void logOfDoubles() {
        Random random = new Random(13);
        double worst = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double x = switch (i % 3) {
                case 0 -> 1 + random.nextDouble();
                case 1 -> 1 + 64 * random.nextDouble();
                default -> Math.scalb(1 + random.nextDouble(), random.nextInt(-1022, 1024));
            };
            worst = Math.max(worst, ulpsOff(log64(x), exactLog(x)));
        }
        assertTrue(worst <= 1, "ulps: " + worst);
    }

    @Test
    void logOfFloats() {
        Random random = new Random(14);
        double worst = 0;
        for (int i = 0; i < 50 * SAMPLES; i++) {
            float x = i % 2 == 0 ? 1 + 64 * random.nextFloat()
                    : Math.scalb(1 + random.nextFloat(), random.nextInt(-126, 128));
            float found = log32(x);
            worst = Math.max(worst, Math.abs(found - StrictMath.log(x)) / Math.ulp(found));
        }
        assertTrue(worst <= 1, "ulps: " + worst);
    }

    @Test
    void logAtTheEdges() {
        assertEquals(0, log64(1));
        assertEquals(0, log32(1));
        for (double x : new double[] {Double.MIN_NORMAL, Double.MAX_VALUE, Math.nextUp(1.0), Math.nextDown(1.0),
                Math.sqrt(0.5), Math.sqrt(2), 0x1p1000}) {
            assertTrue(ulpsOff(log64(x), exactLog(x)) <= 1, "log(" + x + ")");
        }
        for (float x : new float[] {Float.MIN_NORMAL, Float.MAX_VALUE, Math.nextUp(1f), Math.nextDown(1f)}) {
            assertEquals(StrictMath.log(x), log32(x), Math.ulp(log32(x)), "log(" + x + ")");
        }
    }

    private static double exp64(double x, double least) {
        double found = exp64(x, 0, 0, least);
        Arrays.fill(NUMBERS, x);
        Exponential64.array(NUMBERS, 0, least, NUMBERS);
        assertEquals(found, NUMBERS[0], "of an array");
        return found;
    }

    private static float exp32(float x, float least) {
        return exp32(x, 0, 0, least);
    }

    private static double exp64(double x, double shift, double sum, double least) {
        VECTOR.set(ValueLayout.JAVA_DOUBLE, 0, x);
        VECTOR.set(ValueLayout.JAVA_DOUBLE, BYTES, shift);
        VECTOR.set(ValueLayout.JAVA_DOUBLE, 2 * BYTES, sum);
        Exponential64.row(VECTOR, 0, 1, least, VECTOR, BYTES, 2 * BYTES);
        assertEquals(sum + VECTOR.get(ValueLayout.JAVA_DOUBLE, 0), VECTOR.get(ValueLayout.JAVA_DOUBLE, 2 * BYTES));
        return VECTOR.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    private static float exp32(float x, float shift, float sum, float least) {
        VECTOR.set(ValueLayout.JAVA_FLOAT, 0, x);
        VECTOR.set(ValueLayout.JAVA_FLOAT, BYTES, shift);
        VECTOR.set(ValueLayout.JAVA_FLOAT, 2 * BYTES, sum);
        Exponential32.row(VECTOR, 0, 1, least, VECTOR, BYTES, 2 * BYTES);
        assertEquals(sum + VECTOR.get(ValueLayout.JAVA_FLOAT, 0), VECTOR.get(ValueLayout.JAVA_FLOAT, 2 * BYTES));
        return VECTOR.get(ValueLayout.JAVA_FLOAT, 0);
    }

    private static double log64(double x) {
        VECTOR.set(ValueLayout.JAVA_DOUBLE, 0, x);
        Logarithm64.row(VECTOR, 0, 1);
        return VECTOR.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    private static float log32(float x) {
        VECTOR.set(ValueLayout.JAVA_FLOAT, 0, x);
        Logarithm32.row(VECTOR, 0, 1);
        return VECTOR.get(ValueLayout.JAVA_FLOAT, 0);
    }

    private static double ulpsOff(double found, BigDecimal exact) {
        BigDecimal off = new BigDecimal(found).subtract(exact).abs();
        return off.divide(new BigDecimal(Math.ulp(found)), DIGITS).doubleValue();
    }

    /** By Taylor's series of x / 2^12, squared twelve times. */
    private static BigDecimal exactExp(double x) {
        BigDecimal r = new BigDecimal(x).divide(new BigDecimal(4096), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int i = 1; i < 20; i++) {
            term = term.multiply(r, DIGITS).divide(new BigDecimal(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < 12; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** By {@code x = 2^n m} and the series of {@code log m = 2 artanh((m - 1) / (m + 1))}. */
    private static BigDecimal exactLog(double x) {
        int n = Math.getExponent(x);
        BigDecimal m = new BigDecimal(Math.scalb(x, -n));
        if (m.doubleValue() > 1.5) {
            m = m.divide(new BigDecimal(2), DIGITS);
            n++;
        }
        BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = s;
        for (int i = 1; i < 80; i += 2) {
            sum = sum.add(power.divide(new BigDecimal(i), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum.add(sum, DIGITS).add(LOG_2.multiply(new BigDecimal(n)), DIGITS);
    }
}
