package org.fusedem.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.fusedem.model.GaussianMixture;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;
import org.fusedem.points.PointsBuilder;

/** Points cut into parts, as if each were in a process of its own: nothing but bytes goes from one to another. */
final class Parts implements MomentsSource, AutoCloseable {
    private final List<Points> points = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();

    Parts(Points all, int count, Covariance covariance, int components) {
        for (int part = 0; part < count; part++) {
            long start = all.size() * part / count;
            points.add(all.slice(start, all.size() * (part + 1) / count - start));
            expectations.add(new Expectation(points.getLast(), covariance, components));
        }
    }

    /** Fits as several processes would. */
    static FitResult fit(Points all, int count, FitOptions options, double... centres) {
        try (Parts parts = new Parts(all, count, options.covariance(), options.components())) {
            PointsSummary summary = parts.summary();
            try (Points sample = parts.sample(summary)) {
                DistributedFitter fitter = new DistributedFitter(options, summary, SamplePlan.interquartileScales(sample));
                return centres.length > 0 ? fitter.fit(parts, centres) : fitter.fit(parts);
            }
        }
    }

    PointsSummary summary() {
        return points.stream().map(part -> PointsSummary.ofBytes(PointsSummary.of(part).toBytes()))
                .reduce(PointsSummary::merge).orElseThrow();
    }

    Points sample(PointsSummary all) {
        double weightBefore = 0;
        double[] row = new double[all.dims()];
        try (PointsBuilder builder = Points.builder(all.dims(), all.type())) {
            for (Points part : points) {
                try (Points drawn = SamplePlan.of(all).draw(part, weightBefore)) {
                    for (long n = 0; n < drawn.size(); n++) {
                        drawn.copyRow(n, row);
                        builder.addWeighted(drawn.weight(n), row);
                    }
                }
                weightBefore += PointsSummary.of(part).totalWeight();
            }
            return builder.build();
        }
    }

    private Moments merged(Function<Expectation, Moments> pass) {
        return expectations.stream().map(part -> Moments.ofBytes(pass.apply(part).toBytes())).reduce((sum, more) -> {
            sum.merge(more);
            return sum;
        }).orElseThrow();
    }

    @Override
    public Moments posterior(GaussianMixture model) {
        return merged(part -> part.posterior(model));
    }

    @Override
    public Moments nearest(GaussianMixture centres) {
        return merged(part -> part.nearest(centres));
    }

    @Override
    public double logLikelihood(GaussianMixture model) {
        return expectations.stream().mapToDouble(part -> part.logLikelihood(model)).sum();
    }

    @Override
    public void close() {
        expectations.forEach(Expectation::close);
    }
}
