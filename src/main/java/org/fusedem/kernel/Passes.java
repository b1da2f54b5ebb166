package org.fusedem.kernel;

import java.lang.foreign.Arena;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Points;

/**
 * Passes over all points: each range into moments of its own, by whichever thread is free, then merged pairwise in a
 * fixed tree. The result has the same bits for any team.
 *
 * <p>Allocated once for points and moments of one kind; a pass by the caller alone allocates nothing. One pass at a
 * time.
 */
public final class Passes {
    private final Ranges ranges;
    private final Moments[] rangeMoments;
    private final Pass[] workerPasses;
    private final Team team;
    private final Team.Work work = this::runRange;

    // What the current pass does, for runRange.
    private Densities densities;
    private Assignment assignment;

    /** Passes over these points that leave moments of this kind; scratch comes from an arena that must outlive them. */
    public Passes(Kernel kernel, Points points, Covariance covariance, int components, Team team, Arena arena) {
        Moments moments = new Moments(covariance, components, points.dims());
        this.ranges = Ranges.of(points.size(), points.type(), moments);
        this.team = team;
        rangeMoments = new Moments[Math.max(1, ranges.count())];
        rangeMoments[0] = moments;
        for (int i = 1; i < rangeMoments.length; i++) {
            rangeMoments[i] = new Moments(covariance, components, points.dims());
        }
        workerPasses = new Pass[Math.min(team.workers(), rangeMoments.length)];
        for (int i = 0; i < workerPasses.length; i++) {
            workerPasses[i] = new Pass(kernel, points, components, arena);
        }
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
        team.run(ranges.count(), work);
        for (int step = 1; step < rangeMoments.length; step *= 2) {
            for (int i = 0; i + step < rangeMoments.length; i += 2 * step) {
                rangeMoments[i].merge(rangeMoments[i + step]);
            }
        }
        return rangeMoments[0];
    }

    private void runRange(int worker, int range) {
        workerPasses[worker].run(ranges.start(range), ranges.end(range), densities, assignment, rangeMoments[range]);
    }
}
