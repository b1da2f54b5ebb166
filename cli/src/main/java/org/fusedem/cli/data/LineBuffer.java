package org.fusedem.cli.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** The bytes of a text, of which some whole lines are at hand. */
final class LineBuffer {
    /** Half of a second-level cache. */
    private static final int BYTES = 1 << 18;

    private final InputStream stream;
    /** What may be read behind the end of the last line, whatever it is. */
    static final int SLACK_BYTES = 8;

    /** One byte of room for the end of a line that the text lacks. */
    private final byte[] bytes = new byte[BYTES + 1 + SLACK_BYTES];
    private int start;
    private int end;
    /** Where the last whole line ends, behind its mark; no more than {@code start} if there is none. */
    private int wholeEnd;

    /**
     * A text.
     *
     * @param head its first bytes, no more than fit
     * @param stream what follows
     */
    LineBuffer(byte[] head, InputStream stream) {
        this.stream = stream;
        System.arraycopy(head, 0, bytes, 0, head.length);
        end = head.length;
        wholeEnd = afterLastLine();
    }

    private int afterLastLine() {
        int at = end;
        while (at > start && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    /**
     * Sees to it that there is a whole line at {@link #start}, the last of a text with a mark that it may lack.
     *
     * @return whether there is one: not at the end, or where a line is too long
     */
    boolean hasLine() throws IOException {
        return start < wholeEnd || fill();
    }

    private boolean fill() throws IOException {
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        start = 0;
        wholeEnd = 0;
        for (int read = 0; wholeEnd == 0 && read >= 0 && end < BYTES; ) {
            read = stream.read(bytes, end, BYTES - end);
            if (read >= 0) {
                end += read;
                wholeEnd = afterLastLine();
            } else if (end > 0) {
                bytes[end] = '\n';
                wholeEnd = end + 1;
            }
        }
        return wholeEnd > 0;
    }

    /**
     * A whole line begins at {@link #start} in here, and {@link #SLACK_BYTES} more follow its end. Valid until
     * {@link #hasLine}.
     */
    byte[] bytes() {
        return bytes;
    }

    /** Where the next line begins. */
    int start() {
        return start;
    }

    /** Goes on behind a line. */
    void setStart(int afterLine) {
        start = Math.min(afterLine, end);
    }

    /** All that has not been passed, for another reader; this one is then used up. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, start, end - start), stream);
    }
}
