package org.fusedem.fit;

/**
 * Keeps checkpoints of a fit; called on the thread that fits, between the iterations of runs to the end, and where one
 * was {@linkplain FitOptions#stop stopped}. An accelerated run has one only before its first iteration.
 */
public interface Checkpoints {
    /** Wants none. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void take(FitCheckpoint checkpoint) {}
    };

    /** Whether it is time for the next one. Asked before every iteration, so it should be quick. */
    boolean isDue();

    /** A checkpoint, made because it was due; costs a copy of parameters and traces. */
    void take(FitCheckpoint checkpoint);
}
