package org.fusedem.cli.plot;

import org.fusedem.model.GaussianMixture;

/**
 * Points and mixture as seen in two coordinates.
 *
 * @param xTitle what x is
 * @param yTitle what y is
 * @param x of each point
 * @param y of each point
 * @param mixture of the two coordinates
 */
record Plane(String xTitle, String yTitle, Coordinate x, Coordinate y, GaussianMixture mixture) {
    /** Two features. */
    static Plane ofFeatures(Features features, GaussianMixture mixture, int i, int j) {
        return new Plane(mixture.columns().get(i), mixture.columns().get(j), features.coordinate(i),
                features.coordinate(j), mixture.marginal(i, j));
    }

    /** The two most separating directions. */
    static Plane ofDirections(Features features, GaussianMixture mixture) {
        Directions directions = Directions.separating(mixture);
        return new Plane(directions.title(0, mixture.columns()), directions.title(1, mixture.columns()),
                features.along(directions.vectors()[0], directions.origin()),
                features.along(directions.vectors()[1], directions.origin()), directions.project(mixture));
    }
}
