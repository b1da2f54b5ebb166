package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TeamTest {
    @Test
    void doesEveryTaskOnce() {
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            for (Team team : new Team[] {Team.CALLER, new Team(4, executor)}) {
                int[] done = new int[1000];
                team.run(done.length, (worker, task) -> done[task]++);
                assertTrue(Arrays.stream(done).allMatch(times -> times == 1));
            }
        }
    }

    @Test
    void noTwoThreadsAreTheSameWorker() {
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            AtomicIntegerArray busy = new AtomicIntegerArray(4);
            new Team(4, executor).run(10_000, (worker, task) -> {
                assertEquals(1, busy.incrementAndGet(worker));
                busy.decrementAndGet(worker);
            });
        }
    }

    @Test
    void anExecutorThatNeverRunsAnythingStopsNothing() {
        int[] done = new int[10];
        new Team(3, task -> { }).run(done.length, (worker, task) -> done[task]++);
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, done);
    }

    @Test
    void anExecutorThatRefusesStopsNothing() {
        int[] done = new int[10];
        new Team(3, task -> {
            throw new RejectedExecutionException("closed");
        }).run(done.length, (worker, task) -> done[task]++);
        assertTrue(Arrays.stream(done).allMatch(times -> times == 1));
    }

    @Test
    void throwsWhatATaskThrewAfterAllHaveEnded() {
        IllegalStateException failure = new IllegalStateException("seventh");
        try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
            AtomicIntegerArray done = new AtomicIntegerArray(20);
            IllegalStateException thrown = assertThrows(IllegalStateException.class,
                    () -> new Team(2, executor).run(20, (worker, task) -> {
                        done.set(task, 1);
                        if (task == 7) {
                            throw failure;
                        }
                    }));
            assertSame(failure, thrown);
            for (int task = 0; task < 20; task++) {
                assertEquals(1, done.get(task));
            }
        }
    }

    @Test
    void keepsAnInterruptForTheCaller() {
        try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
            Thread.currentThread().interrupt();
            new Team(2, executor).run(5, (worker, task) -> { });
            assertTrue(Thread.interrupted());
        }
    }
}
