package org.fusedem.cli.data;

import java.nio.charset.StandardCharsets;

/** What is in a data file, told by its first bytes: a name may lie. */
enum DataFormat {
    /** {@link org.fusedem.files.ColumnFile}. */
    COLUMNS("FUSEDEM\n"),
    NPY("\u0093NUMPY"),
    NPZ("PK\3\4"),
    /** A file, not a stream, of Arrow's; Feather version 2 is the same. */
    ARROW("ARROW1"),
    PARQUET("PAR1"),
    GZIP("\u001f\u008b"),
    ZSTD("(\u00b5/\u00fd"),
    FEATHER_1("FEA1"),
    ARROW_STREAM("\u00ff\u00ff\u00ff\u00ff"),
    /** Whatever is none of these. */
    TEXT("");

    /** More than the longest of these marks. */
    static final int HEAD_BYTES = 16;

    private final byte[] mark;

    DataFormat(String mark) {
        this.mark = mark.getBytes(StandardCharsets.ISO_8859_1);
    }

    static DataFormat of(byte[] head) {
        for (DataFormat format : values()) {
            if (format.begins(head)) {
                return format;
            }
        }
        return TEXT;
    }

    private boolean begins(byte[] head) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || head[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
