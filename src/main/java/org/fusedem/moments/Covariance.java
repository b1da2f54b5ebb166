package org.fusedem.moments;

import java.util.Locale;

/**
 * The shape of the covariance matrices of a mixture, and how their numbers are packed.
 *
 * <p>Covariances, their factors and second moments all use one layout: <em>blocks</em>, one after the
 * other. A block is a single variance (spherical), {@code dims} variances (diagonal), or a lower triangle
 * by rows, {@code a11, a21, a22, a31, ...} (tied and full). Every shape has one block per component, but
 * tied, whose components share one. The packed length is also the number of free parameters.
 */
public enum Covariance {
    /** One variance per component: {@code Sigma_k = v_k I}. */
    SPHERICAL,
    /** One variance per component and feature: {@code Sigma_k = diag(v_k1, ..., v_kD)}. */
    DIAGONAL,
    /** One full matrix that all components share: {@code Sigma_k = Sigma}. */
    TIED,
    /** One full matrix per component. */
    FULL;

    /** The name users and files write: the constant's in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The shape with this {@link #label()}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Covariance ofLabel(String label) {
        for (Covariance shape : values()) {
            if (shape.label().equals(label)) {
                return shape;
            }
        }
        throw new IllegalArgumentException(
                "covariance must be spherical, diagonal, tied or full: covariance=" + label);
    }

    /** The numbers in one block. */
    public int blockLength(int dims) {
        return switch (this) {
            case SPHERICAL -> 1;
            case DIAGONAL -> dims;
            case TIED, FULL -> triangle(dims);
        };
    }

    /** The number of blocks: one per component, or one for all. */
    public int blocks(int components) {
        return this == TIED ? 1 : components;
    }

    /** Where the block of {@code component} (from 0) starts in a packed array. */
    public int blockOffset(int component, int dims) {
        return this == TIED ? 0 : component * blockLength(dims);
    }

    /**
     * The numbers in all blocks: the free parameters of the covariances.
     *
     * @throws IllegalArgumentException if they do not fit one Java array
     */
    public int packedLength(int components, int dims) {
        long block = this == SPHERICAL ? 1 : this == DIAGONAL ? dims : (long) dims * (dims + 1) / 2;
        long length = blocks(components) * block;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("too many covariance parameters for one array: components="
                    + components + ", dims=" + dims);
        }
        return (int) length;
    }

    /** The numbers in the lower triangle of a {@code dims x dims} matrix. */
    public static int triangle(int dims) {
        return Math.toIntExact((long) dims * (dims + 1) / 2);
    }
}
