package org.fusedem.files;

import java.util.List;
import java.util.Map;

/** A value of a JSON text, and the byte it starts at. */
sealed interface JsonValue {
    int offset();

    /** What it is, for a sentence. */
    String kind();

    /** A string. */
    record Text(int offset, String value) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A finite number. */
    record Numeral(int offset, double value) implements JsonValue {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /** One of the words {@code true}, {@code false} and {@code null}. */
    record Word(int offset, String value) implements JsonValue {
        @Override
        public String kind() {
            return value;
        }
    }

    /** An array of nothing but numbers, or of nothing: packed, because models are made of these. */
    record Numbers(int offset, double[] values) implements JsonValue {
        @Override
        public String kind() {
            return "an array of " + values.length + (values.length == 1 ? " number" : " numbers");
        }
    }

    /** Any other array. */
    record Items(int offset, List<JsonValue> values) implements JsonValue {
        @Override
        public String kind() {
            return "an array of " + values.size() + (values.size() == 1 ? " value" : " values");
        }
    }

    /** An object. */
    record Members(int offset, Map<String, JsonValue> values) implements JsonValue {
        @Override
        public String kind() {
            return "an object";
        }
    }
}
