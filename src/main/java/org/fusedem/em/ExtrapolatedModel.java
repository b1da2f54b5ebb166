package org.fusedem.em;

/**
 * A model whose parameters are a point in a space of real coordinates, so that one can go further in the direction EM
 * takes. What the coordinates are is the model's choice. They should be of like size, whatever the data's units, since
 * distances are measured in them.
 */
public interface ExtrapolatedModel extends LatentVariableModel {
    /** The number of coordinates. */
    int coordinates();

    /** Writes the current parameters as a point: {@link #coordinates} numbers. */
    void copyCoordinates(double[] into);

    /**
     * Replaces the current parameters by those of another point. What {@link #undo} leads to is still what was before
     * the last M-step.
     *
     * @return whether there are such parameters; if not, the current ones stay
     */
    boolean moveTo(double[] coordinates);

    /** Takes back the last {@link #moveTo} that moved: the parameters are again, to the bit, those before it. */
    void moveBack();
}
