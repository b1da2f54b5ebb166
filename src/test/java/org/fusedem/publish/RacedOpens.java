package org.fusedem.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fusedem.moments.Covariance;

/**
 * A process that opens a file again and again while one of its threads cuts it and writes it anew. It prints what became
 * of it. {@link CutFileTest} starts it.
 */
final class RacedOpens {
    private static final int OPENS = 10_000;

    private static volatile boolean done;

    private RacedOpens() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("raced");
        Path file = folder.resolve("model");
        SharedModelWriter.open(file, Covariance.FULL, 2, 3).close();
        Thread cutter = new Thread(() -> cutAndRewrite(file));
        // Or an error here, which this is to find, would not end the process.
        cutter.setDaemon(true);
        cutter.start();
        int refused = 0;
        for (int i = 0; i < OPENS; i++) {
            try {
                SharedModelReader.open(file).close();
            } catch (IOException e) {
                refused++;
            }
        }
        done = true;
        cutter.join();
        Files.delete(file);
        Files.delete(folder.resolve("model.lock"));
        Files.delete(folder);
        System.out.println("alive, refused: " + (refused > OPENS / 100 ? "many" : refused));
    }

    private static void cutAndRewrite(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer whole = ByteBuffer.allocate((int) channel.size());
            channel.read(whole, 0);
            while (!done) {
                channel.truncate(0);
                channel.write(whole.flip(), 0);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
