package org.fusedem.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * A process that runs all stages of the vector kernel, in both element types and all shapes, until they are compiled,
 * and then says what a pass allocates: {@code allocated <bytes> <what>}. {@link CompiledKernelTest} starts it.
 */
final class KernelWorkout {
    private static final int POINTS = 3000;
    /** On a busy machine the compiler may take its time. */
    private static final long WARM_UP_NANOS = 15_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private KernelWorkout() {}

    public static void main(String[] args) {
        // Twice: what was compiled for the first shapes must still do when all others have run.
        for (int round = 0; round < 2; round++) {
            for (ElementType type : ElementType.values()) {
                for (Covariance shape : Covariance.values()) {
                    for (double spread : new double[] {2, 1e4}) {
                        long bytes = work(shape, type, spread);
                        if (round == 1) {
                            System.out.println("allocated " + bytes + " " + shape + " " + type + " spread=" + spread);
                        }
                    }
                }
            }
        }
    }

    /** The fewest bytes that one soft and one hard pass allocate, once warm. */
    private static long work(Covariance shape, ElementType type, double spread) {
        Parameters parameters = Mixtures.of(shape, 5, 6, 10, spread, 1);
        try (Points points = Points.ofColumns(Mixtures.columns(parameters, POINTS, 2), type);
                Arena arena = Arena.ofConfined()) {
            Kernel kernel = new VectorKernel();
            Pass pass = new Pass(kernel, points, 5, arena);
            Densities densities = Densities.of(kernel, parameters);
            Moments moments = new Moments(shape, 5, 6);
            long fewest = Long.MAX_VALUE;
            long end = System.nanoTime() + WARM_UP_NANOS;
            while (fewest > 0 && System.nanoTime() < end) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                moments.reset(parameters.shifts());
                pass.run(0, POINTS, densities, Assignment.SOFT, moments);
                pass.run(0, POINTS, densities, Assignment.NONE, moments);
                pass.run(0, POINTS, densities, Assignment.HARD, moments);
                fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            return fewest;
        }
    }
}
