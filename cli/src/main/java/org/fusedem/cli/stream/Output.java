package org.fusedem.cli.stream;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;

/** Standard output in UTF-8. What goes wrong here is a {@link WriteException}, and so no fault of a file read. */
public final class Output extends Writer {
    private final Writer writer;
    private WriteException failure;

    public Output(OutputStream stream) {
        writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
    }

    /** Standard output could not be written. */
    public static final class WriteException extends IOException {
        private static final long serialVersionUID = 1;

        private WriteException(IOException cause) {
            super("standard output: " + cause.getMessage(), cause);
        }

        /** Whether whoever read it has read enough, as {@code head} does. */
        public boolean readerLeft() {
            return getCause().getMessage() != null && getCause().getMessage().equals(messageOfBrokenPipe());
        }

        /** The system says it in the user's language, and gives us nothing else: so it is asked by breaking a pipe. */
        private static String messageOfBrokenPipe() {
            try {
                Pipe pipe = Pipe.open();
                try (var sink = pipe.sink()) {
                    pipe.source().close();
                    sink.write(ByteBuffer.allocate(1));
                }
                return null;
            } catch (IOException e) {
                return e.getMessage();
            }
        }
    }

    /** For those who print lines; the failure it swallows, the next {@link #flush} throws again. */
    public PrintWriter printer() {
        return new PrintWriter(this);
    }

    @Override
    public void write(char[] text, int offset, int length) throws WriteException {
        try {
            writer.write(text, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void flush() throws WriteException {
        if (failure != null) {
            throw failure;
        }
        try {
            writer.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private WriteException failed(IOException cause) {
        failure = new WriteException(cause);
        return failure;
    }

    /** Flushes only: standard output stays open to the end of the process. */
    @Override
    public void close() throws WriteException {
        flush();
    }
}
