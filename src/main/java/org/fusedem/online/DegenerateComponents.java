package org.fusedem.online;

import java.util.Arrays;
import org.fusedem.maximization.Degeneracies;

/** Which components the latest M-step could not make what their points alone ask for. */
final class DegenerateComponents implements Degeneracies {
    private final boolean[] floored;
    private final boolean[] vanished;

    DegenerateComponents(int components) {
        floored = new boolean[components];
        vanished = new boolean[components];
    }

    void clear() {
        Arrays.fill(floored, false);
        Arrays.fill(vanished, false);
    }

    @Override
    public void floored(int component) {
        floored[component] = true;
    }

    @Override
    public void vanished(int component) {
        vanished[component] = true;
    }

    int floored() {
        return count(floored);
    }

    int vanished() {
        return count(vanished);
    }

    private static int count(boolean[] flags) {
        int sum = 0;
        for (boolean flag : flags) {
            sum += flag ? 1 : 0;
        }
        return sum;
    }
}
