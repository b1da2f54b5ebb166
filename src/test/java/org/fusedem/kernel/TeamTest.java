package org.fusedem.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
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
    void throwsWhatTheExecutorThrewAfterAllHaveEnded() {
        IllegalStateException failure = new IllegalStateException("no memory for one more thread");
        CountDownLatch callerWorks = new CountDownLatch(1);
        AtomicInteger lent = new AtomicInteger();
        AtomicIntegerArray done = new AtomicIntegerArray(20);
        try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
            Team team = new Team(3, helper -> {
                if (lent.getAndIncrement() == 1) {
                    throw failure;
                }
                executor.execute(helper);
            });
            try {
                assertSame(failure, assertThrows(IllegalStateException.class, () -> team.run(20, (worker, task) -> {
                    if (worker == 0) {
                        callerWorks.countDown();
                    } else {
                        await(callerWorks);
                    }
                    done.set(task, 1);
                })));
                for (int task = 0; task < 20; task++) {
                    assertEquals(1, done.get(task));
                }
            } finally {
                callerWorks.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
