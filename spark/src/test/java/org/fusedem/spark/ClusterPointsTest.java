package org.fusedem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.SparkSession;
import org.fusedem.moments.Covariance;
import org.junit.jupiter.api.Test;

class ClusterPointsTest {
    private static final double[][] ROWS = LocalSession.sample(LocalSession.truth(), 300, 5);

    private final SparkSession session = LocalSession.get();

    /** Spark then refuses the job that would free the columns. A fit that has come to its end is not lost for that. */
    @Test
    void closesWithoutAWordWhereTheColumnsCannotBeFreed() {
        ClusterPoints points = new ClusterPoints(LocalSession.dataset(session, ROWS, 2).select("features"),
                new BlockLoader(false, Storage.MEMORY), Covariance.FULL, 2);
        Thread.currentThread().interrupt();
        points.close();
        assertTrue(Thread.interrupted(), "who has interrupted wants to be noticed");
        assertEquals(0, session.sparkContext().getRDDStorageInfo().length);
    }
}
