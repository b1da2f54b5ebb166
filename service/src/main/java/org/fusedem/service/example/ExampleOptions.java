package org.fusedem.service.example;

import java.nio.file.Path;

/**
 * What the example was asked for.
 *
 * @param seconds how long to measure, after warming up
 * @param warmUpSeconds how long to warm up at most
 * @param json whether to end with a line of JSON
 * @param rate how many observations to stream per second
 * @param counters where to keep the counters; null for memory of this process
 * @param help whether to explain all this and do no more
 */
record ExampleOptions(int seconds, int warmUpSeconds, boolean json, int rate, Path counters, boolean help) {
    static final String HELP = """
            Streams observations of a mixture that drifts to an agent that fits it, and some of them to a scorer that
            flags anomalies; prints one line per second.

            Usage: service/example [--seconds N] [--json] [--rate N] [--counters FILE] [--warm-up N] [--help]

              --seconds N      how long to measure, after the warm-up: 1 to 86400, 10 if not given
              --json           end with one line of JSON
              --rate N         observations per second: 1000 to 20000000, 1250000 if not given
              --counters FILE  keep the counters in this file, for service/stat FILE
              --warm-up N      warm up for so many seconds at most: 1 to 86400, 60 if not given; it ends
                               when the JIT has compiled all that runs
              --help           show this

            Exit codes: 0 all is well, 1 observations were lost or something failed, 2 the options are wrong.
            """;

    private static final int MOST_SECONDS = 86_400;
    private static final int LEAST_RATE = 1_000;
    private static final int MOST_RATE = 20_000_000;

    /** @throws IllegalArgumentException with a sentence for the one who typed them */
    static ExampleOptions parse(String... args) {
        int seconds = 10;
        int warmUpSeconds = 60;
        boolean json = false;
        int rate = 1_250_000;
        Path counters = null;
        boolean help = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--seconds" -> seconds = number(args, ++i, 1, MOST_SECONDS);
                case "--warm-up" -> warmUpSeconds = number(args, ++i, 1, MOST_SECONDS);
                case "--json" -> json = true;
                case "--rate" -> rate = number(args, ++i, LEAST_RATE, MOST_RATE);
                case "--counters" -> counters = Path.of(value(args, ++i));
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        return new ExampleOptions(seconds, warmUpSeconds, json, rate, counters, help);
    }

    private static String value(String[] args, int i) {
        if (i == args.length) {
            throw new IllegalArgumentException(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    private static int number(String[] args, int i, int least, int most) {
        String text = value(args, i);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                args[i - 1] + " must be a whole number from " + least + " to " + most + ", not " + text);
    }
}
