package org.fusedem.maximization;

/** Which parameters an M-step leaves as they are. */
public interface FixedParameters {
    /** Whether weight k stays. */
    boolean weight(int k);

    /** Whether mean k stays. */
    boolean mean(int k);

    /** Whether a block of the covariances stays. */
    boolean block(int block);

    /** The number of weights that do not. */
    int freeWeights();

    /** What these share: 1 if no weight is fixed. */
    double freeWeight();

    /** Nothing is fixed, of so many components. */
    static FixedParameters none(int components) {
        return new FixedParameters() {
            @Override
            public boolean weight(int k) {
                return false;
            }

            @Override
            public boolean mean(int k) {
                return false;
            }

            @Override
            public boolean block(int block) {
                return false;
            }

            @Override
            public int freeWeights() {
                return components;
            }

            @Override
            public double freeWeight() {
                return 1;
            }
        };
    }
}
