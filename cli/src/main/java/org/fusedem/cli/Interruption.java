package org.fusedem.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another polite request to end, while a command works: the work is told, and has time to keep what it has.
 * The process then ends as the signal asks, with code 130 after Ctrl-C.
 */
final class Interruption implements AutoCloseable {
    /** An iteration over the largest data should be done by then. */
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    private Interruption(String sentence, int patienceSeconds, PrintStream err) {
        hook = new Thread(() -> {
            requested = true;
            err.println(System.lineSeparator() + sentence);
            try {
                finished.await(patienceSeconds, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // Then nobody wants to wait.
            }
        });
    }

    /** Begins to listen, to the end of work that stops between two iterations. */
    static Interruption during(String command, PrintStream err) {
        return during(command + ": stopping after this iteration", PATIENCE_SECONDS, err);
    }

    /**
     * Begins to listen, to the end of the work.
     *
     * @param sentence what to say when it comes
     * @param patienceSeconds how long the work has to end
     */
    static Interruption during(String sentence, int patienceSeconds, PrintStream err) {
        Interruption interruption = new Interruption(sentence, patienceSeconds, err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether somebody asked the work to end. */
    boolean requested() {
        return requested;
    }

    /** The work is done: all that is to be kept is. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // It has just begun, and does not wait any more.
            }
        }
    }
}
