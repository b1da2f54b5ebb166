package org.fusedem.kernel;

import java.lang.foreign.Arena;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.ElementType;
import org.fusedem.points.Points;

/**
 * Passes over all points: each range into moments of its own, by whichever thread is free, then merged pairwise in a
 * fixed tree. The result has the same bits for any team. Points with missing values have ranges of their own, after the
 * others.
 *
 * <p>Allocated once for points and moments of one kind; a pass by the caller alone allocates nothing. One pass at a
 * time.
 */
public final class Passes {
    private final Ranges ranges;
    private final Ranges incompleteRanges;
    private final Moments[] rangeMoments;
    private final Pass[] workerPasses;
    private final IncompletePass[] incompletePasses;
    private final Team team;
    private final Team.Work work = this::runRange;

    // What the current pass does, for runRange.
    private Densities densities;
    private Assignment assignment;

    /** Passes over these points that leave moments of this kind; scratch comes from an arena that must outlive them. */
    public Passes(
            Kernel kernel, Observations observations, Covariance covariance, int components, Team team, Arena arena) {
        Points points = observations.complete();
        IncompleteRows incomplete = observations.incomplete();
        Moments moments = new Moments(covariance, components, points.dims());
        ranges = Ranges.of(points.size(), points.type(), moments);
        incompleteRanges = Ranges.of(incomplete.size(), ElementType.FLOAT64, moments);
        this.team = team;
        rangeMoments = new Moments[Math.max(1, ranges.count() + incompleteRanges.count())];
        rangeMoments[0] = moments;
        for (int i = 1; i < rangeMoments.length; i++) {
            rangeMoments[i] = new Moments(covariance, components, points.dims());
        }
        workerPasses = new Pass[Math.min(team.workers(), rangeMoments.length)];
        incompletePasses = new IncompletePass[workerPasses.length];
        for (int i = 0; i < workerPasses.length; i++) {
            workerPasses[i] = new Pass(kernel, points, components, arena);
            incompletePasses[i] = new IncompletePass(incomplete, components, points.dims());
        }
    }

    /** Passes over points without missing values. */
    public Passes(Kernel kernel, Points points, Covariance covariance, int components, Team team, Arena arena) {
        this(kernel, Observations.ofComplete(points), covariance, components, team, arena);
    }

    /**
     * One pass over all points.
     *
     * @param shifts what to subtract from the points of each component, {@code components x dims}
     * @return the moments of all points, valid until the next pass
     */
    public Moments run(Densities stageOne, Assignment stageTwo, double[] shifts) {
        densities = stageOne;
        assignment = stageTwo;
        for (Moments moments : rangeMoments) {
            moments.reset(shifts);
        }
        team.run(ranges.count() + incompleteRanges.count(), work);
        for (int step = 1; step < rangeMoments.length; step *= 2) {
            for (int i = 0; i + step < rangeMoments.length; i += 2 * step) {
                rangeMoments[i].merge(rangeMoments[i + step]);
            }
        }
        return rangeMoments[0];
    }

    private void runRange(int worker, int task) {
        Moments moments = rangeMoments[task];
        if (task < ranges.count()) {
            workerPasses[worker].run(ranges.start(task), ranges.end(task), densities, assignment, moments);
        } else {
            int range = task - ranges.count();
            incompletePasses[worker].run((int) incompleteRanges.start(range), (int) incompleteRanges.end(range),
                    densities, assignment, moments);
        }
    }
}
