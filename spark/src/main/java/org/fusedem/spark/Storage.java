package org.fusedem.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the columns of a partition stay during a fit. */
enum Storage {
    /** Off the heap. */
    MEMORY,
    /** In a mapped file in Spark's local directories. */
    DISK;

    /** The name users write. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Storage::label).toList();
    }

    static Storage ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
