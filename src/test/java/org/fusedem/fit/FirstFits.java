package org.fusedem.fit;

import java.time.Duration;
import org.fusedem.moments.Covariance;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/** A young process that prints which kernel did its fits. {@link ColdStartTest} starts it. */
final class FirstFits {
    private FirstFits() {}

    public static void main(String[] args) {
        try (Points small = Points.ofRows(TestData.rows("faithful.csv"));
                Points large = TestData.mixture(Covariance.DIAGONAL, 3, 8, 3, 1).sample(100_000, 2)) {
            FitOptions options = FitOptions.components(2).withRestarts(1);
            say("small", Fitter.fit(small, options));
            say("small again", Fitter.fit(small, options));
            say("chosen", Fitter.fit(small, options.withKernel(KernelChoice.VECTOR)));
            say("large", Fitter.fit(large, options.withTolerance(0).withMaxIterations(40)));
            boolean warm = ComputeKernel.warmUp(Covariance.FULL, ElementType.FLOAT64, 2, 2, Duration.ofMinutes(2));
            System.out.println("warm: " + warm);
            say("small, warm", Fitter.fit(small, options));
            say("small, other shape", Fitter.fit(small, options.withCovariance(Covariance.TIED)));
            System.out.println("no time: "
                    + ComputeKernel.warmUp(Covariance.TIED, ElementType.FLOAT32, 2, 2, Duration.ZERO));
        }
    }

    private static void say(String what, FitResult result) {
        System.out.println(what + ": " + result.kernel());
    }
}
