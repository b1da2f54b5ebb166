package org.fusedem.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fusedem.events.Events;
import org.fusedem.fit.FitEvent.Kind;
import org.fusedem.maximization.Degeneracies;

/** Collects the events of one EM run without allocating: first and last iteration per kind and component. */
final class EventLog implements Degeneracies {
    private static final int NEVER = -1;

    private final int[][] first;
    private final int[][] last;
    private int iteration;

    EventLog(int components) {
        first = new int[Kind.values().length][components];
        last = new int[Kind.values().length][components];
        clear();
    }

    void clear() {
        for (int kind = 0; kind < first.length; kind++) {
            Arrays.fill(first[kind], NEVER);
            Arrays.fill(last[kind], NEVER);
        }
        iteration = 0;
    }

    /** The iteration that events to come belong to. */
    void enter(int newIteration) {
        iteration = newIteration;
    }

    /** What was known after so many iterations, from {@link #toList}. */
    void restore(List<FitEvent> events, int iterations) {
        clear();
        iteration = iterations;
        for (FitEvent event : events) {
            first[event.kind().ordinal()][event.index()] = event.firstIteration();
            last[event.kind().ordinal()][event.index()] = event.lastIteration();
        }
    }

    @Override
    public void floored(int component) {
        add(Kind.VARIANCE_FLOORED, component);
    }

    @Override
    public void vanished(int component) {
        add(Kind.WEIGHT_VANISHED, component);
    }

    @Override
    public void pointsVanished(int component) {
        add(Kind.POINTS_VANISHED, component);
    }

    private void add(Kind kind, int component) {
        if (first[kind.ordinal()][component] == NEVER) {
            Events.degenerateComponent(kind.name(), component, iteration);
            first[kind.ordinal()][component] = iteration;
        }
        last[kind.ordinal()][component] = iteration;
    }

    /** The components to which something happened in the latest iteration: the parameters as they are now show it. */
    int affectedComponents() {
        int affected = 0;
        for (int k = 0; k < first[0].length; k++) {
            boolean any = false;
            for (int[] lastOfKind : last) {
                any |= lastOfKind[k] == iteration;
            }
            affected += any ? 1 : 0;
        }
        return affected;
    }

    List<FitEvent> toList() {
        List<FitEvent> events = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int k = 0; k < first[kind.ordinal()].length; k++) {
                if (first[kind.ordinal()][k] != NEVER) {
                    events.add(new FitEvent(kind, k, first[kind.ordinal()][k], last[kind.ordinal()][k]));
                }
            }
        }
        return events;
    }
}
