package org.fusedem.cli.option;

import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers in options, each with the range it must be in. */
public final class Ranges {
    private static final Pattern LARGE = Pattern.compile("\\+?0*[1-9]\\d{9,}");

    private Ranges() {}

    /** At least 1. */
    public static final class Positive implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, n -> n >= 1 && n <= Integer.MAX_VALUE, "a whole number of 1 or more");
        }
    }

    /** At least 2. */
    public static final class Several implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, n -> n >= 2 && n <= Integer.MAX_VALUE, "a whole number of 2 or more");
        }
    }

    /** At least 0. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, n -> n >= 0 && n <= Integer.MAX_VALUE, "a whole number of 0 or more");
        }
    }

    /** At least 0, and beyond two thousand million if need be. */
    public static final class LongCount implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text, n -> n >= 0, "a whole number of 0 or more");
        }
    }

    /** Any whole number. */
    public static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text, n -> true, "a whole number");
        }
    }

    /** A finite number, at least 0. */
    static final class NotNegative implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return real(text, x -> x >= 0 && x < Double.POSITIVE_INFINITY, "a number of 0 or more");
        }
    }

    /** From 0 to 1. */
    static final class Fraction implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return real(text, x -> x >= 0 && x <= 1, "a number from 0 to 1");
        }
    }

    /** Between 0 and 1, and neither. */
    public static final class OpenFraction implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return real(text, x -> x > 0 && x < 1, "a number between 0 and 1");
        }
    }

    private static long whole(String text, LongPredicate inRange, String what) {
        try {
            long number = Long.parseLong(text);
            if (inRange.test(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The sentence below says it.
        }
        // All ranges are open above, so whatever has so many digits is beyond an int or a long.
        throw new TypeConversionException("'" + text + "' is " + (LARGE.matcher(text).matches() ? "too large" : "not " + what));
    }

    private static double real(String text, DoublePredicate inRange, String what) {
        try {
            double number = Double.parseDouble(text);
            if (inRange.test(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The sentence below says it.
        }
        throw new TypeConversionException("'" + text + "' is not " + what);
    }
}
