package org.fusedem.online;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.fusedem.kernel.Assignment;
import org.fusedem.kernel.Densities;
import org.fusedem.kernel.Kernel;
import org.fusedem.kernel.Pass;
import org.fusedem.kernel.Tile;
import org.fusedem.moments.Covariance;
import org.fusedem.moments.Moments;
import org.fusedem.points.Window;

/**
 * A window's slots cut into blocks, each with the moments of its points as they were when the block was visited last;
 * and a binary tree of their sums, in which a visit changes nothing but the way from its block to the root. Nothing is
 * ever subtracted, so nothing drifts: the sum of all is a sum of as many numbers as there are blocks, in an order that
 * depends on the capacity alone.
 *
 * <p>Blocks are visited one at a time, in ascending order, tile by tile.
 */
final class Blocks {
    /** As a stamp: whatever the last visit was for. */
    static final long ANY = -1;

    /** The stamp of a block whose moments are of no use. */
    private static final long NEVER = -2;

    /**
     * Blocks are whole multiples: twice what kernels read at a time, so that they are read where they are. A tile does
     * not span blocks; a pass over tiles of half that size takes half as long again.
     */
    private static final int UNIT_BYTES = 1024;

    /** Few new points cost one block of so many, or more, and a pass little more than over whole tiles. */
    private static final int ENOUGH_BLOCKS = 8;

    private final Window window;
    private final Pass pass;
    private final int tileSlots;
    private final long blockSlots;
    private final int count;
    /** The root is node 1, the children of node i are 2 i and 2 i + 1, the leaves are the blocks. */
    private final Moments[] nodes;
    private final int firstLeaf;
    private final long[] stamps;
    private final boolean[] changed;
    private long appended;
    private long evicted;

    /** The block under way, and its used slots: first those up to end, then from secondStart. */
    private int block;
    private long position;
    private long end;
    private long secondStart;
    private long secondEnd;

    Blocks(Kernel kernel, Window window, Covariance covariance, int components, Arena arena) {
        this.window = window;
        pass = new Pass(kernel, window.slots(), components, arena);
        tileSlots = Tile.capacity(components, window.type());
        blockSlots = blockSlots(window, covariance, components, tileSlots);
        count = Math.toIntExact(Math.ceilDiv(window.capacity(), blockSlots));
        firstLeaf = count == 1 ? 1 : 2 * Integer.highestOneBit(count - 1);
        nodes = new Moments[2 * firstLeaf];
        for (int leaf = firstLeaf; leaf < firstLeaf + count; leaf++) {
            nodes[leaf] = new Moments(covariance, components, window.dims());
        }
        for (int node = firstLeaf - 1; node > 0; node--) {
            // An only child stands for its parent.
            nodes[node] = nodes[2 * node + 1] == null
                    ? nodes[2 * node] : new Moments(covariance, components, window.dims());
        }
        stamps = new long[count];
        changed = new boolean[count];
        invalidate();
    }

    /**
     * Whole tiles, or parts of one where a window has few of them; and so many that the moments of all blocks and their
     * sums take no more memory than the window itself, so that adding them up is little beside a pass.
     */
    static long blockSlots(Window window, Covariance covariance, int components, int tileSlots) {
        int bytes = window.type().bytes();
        int dims = window.dims();
        long momentsBytes = Double.BYTES * (components * (1L + 2L * dims) + covariance.packedLength(components, dims));
        long least = Math.ceilDiv(2 * momentsBytes, (long) dims * bytes);
        long wanted = Math.max(least, Math.min(tileSlots, Math.ceilDiv(window.capacity(), ENOUGH_BLOCKS)));
        int unit = wanted > tileSlots ? tileSlots : UNIT_BYTES / bytes;
        return Math.ceilDiv(wanted, unit) * unit;
    }

    /** Forgets all moments. */
    void invalidate() {
        Arrays.fill(stamps, NEVER);
    }

    /** Finds out which blocks have other points than at the last call. */
    void noteChanges() {
        noteChanges(appended, window.appended());
        noteChanges(evicted, window.evicted());
        appended = window.appended();
        evicted = window.evicted();
    }

    private void noteChanges(long from, long to) {
        for (long point = Math.max(from, to - window.capacity()); point < to;) {
            long slot = window.slotOf(point);
            int at = (int) (slot / blockSlots);
            changed[at] = true;
            point += Math.min((at + 1) * blockSlots, window.capacity()) - slot;
        }
    }

    /**
     * The first block, from one on, to be visited: one whose points have changed, or that was not visited for this
     * stamp; -1 if there is none.
     */
    int next(int from, long stamp) {
        for (int b = from; b < count; b++) {
            if (changed[b] || stamps[b] == NEVER || stamp != ANY && stamps[b] != stamp) {
                return b;
            }
        }
        return -1;
    }

    /**
     * Starts a visit.
     *
     * @return whether the block's points have changed since the last one
     */
    boolean begin(int newBlock, double[] shifts) {
        block = newBlock;
        stamps[block] = NEVER;
        nodes[firstLeaf + block].reset(shifts);
        long start = block * blockSlots;
        long blockEnd = Math.min(start + blockSlots, window.capacity());
        long oldest = window.slotOf(window.evicted());
        long free = window.slotOf(window.appended());
        secondStart = secondEnd = position = end = start;
        if (window.size() > 0 && oldest < free) {
            position = Math.max(start, oldest);
            end = Math.min(blockEnd, free);
        } else if (window.size() > 0) {
            end = Math.min(blockEnd, free);
            secondStart = Math.max(start, oldest);
            secondEnd = blockEnd;
            if (secondStart <= end) {
                end = blockEnd;
                secondStart = secondEnd;
            }
        }
        boolean hasChanged = changed[block];
        changed[block] = false;
        return hasChanged;
    }

    /** Whether the points of the block under way are known to have changed since the visit began. */
    boolean hasChanged() {
        return changed[block];
    }

    /** Whether the visit has seen all of the block's points. */
    boolean isDone() {
        return position >= end && secondStart >= secondEnd;
    }

    /** Goes on with the visit, by one tile. */
    void visitTile(Densities densities) {
        if (position >= end) {
            position = secondStart;
            end = secondEnd;
            secondStart = secondEnd;
        }
        long to = Math.min(position + tileSlots, end);
        pass.run(position, to, densities, Assignment.SOFT, nodes[firstLeaf + block]);
        position = to;
    }

    /**
     * Ends the visit, and brings the sums up to date that the next visit will not change.
     *
     * @param stamp what it was for
     * @param next the block that will be visited next, or -1 if all sums are wanted now
     */
    void complete(long stamp, int next) {
        stamps[block] = stamp;
        int node = firstLeaf + block;
        int other = next < 0 ? 0 : firstLeaf + next;
        while (node > 1) {
            node /= 2;
            other /= 2;
            if (node == other) {
                return;
            }
            Moments right = nodes[2 * node + 1];
            if (right != null) {
                Moments left = nodes[2 * node];
                nodes[node].reset(left.shifts());
                nodes[node].merge(left);
                nodes[node].merge(right);
            }
        }
    }

    /** The moments of all points, each as it was when its block was visited; live. */
    Moments total() {
        return nodes[1];
    }

    /** The number of blocks. */
    int count() {
        return count;
    }
}
