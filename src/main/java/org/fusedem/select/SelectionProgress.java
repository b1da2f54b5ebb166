package org.fusedem.select;

/** Told how far a selection is, by whichever thread got it there, by one at a time. */
@FunctionalInterface
public interface SelectionProgress {
    /** Tells nobody. */
    SelectionProgress SILENT = (done, total) -> { };

    /**
     * A step is done. Each cell is one step, or two where cells share starts.
     *
     * @param done steps so far
     * @param total steps there are
     */
    void step(int done, int total);
}
