package org.fusedem.kernel;

import java.util.Set;
import jdk.incubator.vector.DoubleVector;
import org.fusedem.moments.Moments;

/**
 * The stages in vectors, computed in the points' own type: sums over a tile in that type, sums over tiles in double.
 *
 * <p>Each stage of each type is a class of its own with its own constant species: the compiler then sees one type in
 * each loop, also when both run in one process.
 */
final class VectorKernel implements Kernel {
    /** What {@code os.arch} says of x86. */
    private static final Set<String> X86 = Set.of("amd64", "x86_64");

    /**
     * Whether the JIT compiles all of it. On x86 it has no masks of two lanes: it keeps a mask in one byte per lane, and
     * loads four at least (JDK 25; {@code -XX:+PrintIntrinsics} shows it). So with 128 bits each comparison of doubles
     * makes objects for ever. Processors that have no wider vectors there have no fused multiply-add either.
     */
    static boolean isCompiled() {
        return DoubleVector.SPECIES_PREFERRED.length() > 2 || !X86.contains(System.getProperty("os.arch"));
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int vectorBits() {
        return DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    }

    @Override
    public void logDensities(Parameters parameters, Tile tile) {
        tile.rowType(tile.type());
        switch (tile.type()) {
            case FLOAT64 -> Stages64.logDensities(parameters, tile);
            case FLOAT32 -> Stages32.logDensities(parameters, tile);
        }
    }

    @Override
    public double responsibilities(Tile tile) {
        return switch (tile.type()) {
            case FLOAT64 -> Stages64.responsibilities(tile);
            case FLOAT32 -> Stages32.responsibilities(tile);
        };
    }

    @Override
    public void score(Tile tile, double[] into, int start) {
        switch (tile.type()) {
            case FLOAT64 -> Scores64.run(tile, into, start);
            case FLOAT32 -> Scores32.run(tile, into, start);
        }
    }

    /** As {@link #responsibilities}: without them little time would be saved. */
    @Override
    public double logLikelihood(Tile tile) {
        return responsibilities(tile);
    }

    @Override
    public double assign(Tile tile) {
        return switch (tile.type()) {
            case FLOAT64 -> Stages64.assign(tile);
            case FLOAT32 -> Stages32.assign(tile);
        };
    }

    @Override
    public void moments(Tile tile, Moments moments) {
        switch (tile.type()) {
            case FLOAT64 -> Stages64.moments(tile, moments);
            case FLOAT32 -> Stages32.moments(tile, moments);
        }
    }
}
