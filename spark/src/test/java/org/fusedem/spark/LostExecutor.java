package org.fusedem.spark;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;

/** Kills the process of one executor when a certain number of jobs have ended. */
final class LostExecutor extends SparkListener {
    private final ProcessHandle executor;
    private final AtomicInteger jobsLeft;
    private final AtomicInteger removed = new AtomicInteger();

    LostExecutor(JavaSparkContext context, int jobs) {
        jobsLeft = new AtomicInteger(jobs);
        List<Long> ids = context.parallelize(List.of(1, 2), 2)
                .map(n -> ProcessHandle.current().pid()).collect();
        executor = ProcessHandle.of(ids.getFirst()).orElseThrow();
        if (ids.getFirst() == ProcessHandle.current().pid()) {
            throw new IllegalStateException("this is no cluster: the executor is this process");
        }
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd end) {
        if (jobsLeft.decrementAndGet() == 0) {
            executor.destroyForcibly();
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        removed.incrementAndGet();
    }

    int removed() {
        return removed.get();
    }

    boolean killed() {
        return jobsLeft.get() <= 0 && !executor.isAlive();
    }
}
