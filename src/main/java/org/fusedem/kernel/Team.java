package org.fusedem.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads that share the ranges of a pass: the caller, and helpers from the caller's executor.
 *
 * <p>The caller works too and takes whatever range is left, so a busy executor makes a pass slower but cannot stop it.
 * Who works on which range is left to chance; results do not depend on it.
 */
public final class Team {
    /** The calling thread alone. It allocates nothing. */
    public static final Team CALLER = new Team(1, Runnable::run);

    private final int workers;
    private final Executor executor;

    /**
     * A team of the caller and {@code workers - 1} helpers.
     *
     * @throws IllegalArgumentException if {@code workers} is not positive
     */
    public Team(int workers, Executor executor) {
        if (workers <= 0) {
            throw new IllegalArgumentException("threads must be positive: threads=" + workers);
        }
        this.workers = workers;
        this.executor = executor;
    }

    /** Work that is cut into numbered tasks. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does one task.
         *
         * @param worker from 0 to {@code workers() - 1}; no two threads have the same at one time
         * @param task which task
         */
        void run(int worker, int task);
    }

    /** The most threads that work at one time. */
    public int workers() {
        return workers;
    }

    /**
     * Does tasks 0 to {@code tasks - 1} and returns when all are done. If one throws, or the executor does more than
     * reject a helper, so does this, and not before.
     */
    public void run(int tasks, Work work) {
        if (workers == 1 || tasks == 1) {
            for (int task = 0; task < tasks; task++) {
                work.run(0, task);
            }
        } else {
            new Shift(tasks, work).run();
        }
    }

    /** One call of {@link Team#run} by more than one thread. */
    private final class Shift {
        private final int tasks;
        private final Work work;
        private final AtomicInteger nextTask = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch unfinished;

        Shift(int tasks, Work work) {
            this.tasks = tasks;
            this.work = work;
            unfinished = new CountDownLatch(tasks);
        }

        void run() {
            for (int worker = 1; worker < Math.min(workers, tasks); worker++) {
                int helper = worker;
                try {
                    executor.execute(() -> takeTasks(helper));
                } catch (RejectedExecutionException e) {
                    break; // It lends no more: those at work do the rest.
                } catch (RuntimeException | Error e) {
                    // No memory for one more thread, say. Helpers at work still use the caller's memory.
                    failure.compareAndSet(null, e);
                    break;
                }
            }
            takeTasks(0);
            awaitUninterruptibly();
            switch (failure.get()) {
                case null -> { }
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }

        private void takeTasks(int worker) {
            for (int task = nextTask.getAndIncrement(); task < tasks; task = nextTask.getAndIncrement()) {
                try {
                    work.run(worker, task);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    unfinished.countDown();
                }
            }
        }

        /** Helpers use memory that the caller may free after a return, so an interrupt has to wait for them. */
        private void awaitUninterruptibly() {
            boolean interrupted = false;
            while (true) {
                try {
                    unfinished.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
