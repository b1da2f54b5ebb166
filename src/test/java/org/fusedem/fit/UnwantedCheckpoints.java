package org.fusedem.fit;

/** Checkpoints, for those who must refuse any. */
public final class UnwantedCheckpoints implements Checkpoints {
    /** All alike. */
    public UnwantedCheckpoints() {}

    @Override
    public boolean isDue() {
        return false;
    }

    @Override
    public void take(FitCheckpoint checkpoint) {}
}
