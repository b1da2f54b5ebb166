package org.fusedem.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * All that is compressed in a file of gzip's, which may have several members. {@link GZIPInputStream} takes whatever
 * follows one for the end, also a damaged next one; here only zeros may follow, which fill up blocks of tapes and disks.
 */
final class GzipMembers extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    private boolean ended;

    GzipMembers(InputStream in, int bufferBytes) throws IOException {
        super(in, bufferBytes);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0 && !ended) {
            ended = true;
            checkEnd();
        }
        return read;
    }

    private void checkEnd() throws IOException {
        int rest = 0;
        // What has been read ahead, and what has not.
        for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
            rest |= buf[i];
        }
        for (int next = 0; rest == 0 && next >= 0; ) {
            next = in.read();
            rest = Math.max(next, 0);
        }
        if (rest != 0) {
            throw new ZipException("what follows the compressed data is no gzip");
        }
    }
}
