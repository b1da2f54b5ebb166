package org.fusedem.cli.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.fusedem.cli.failure.CommandException;
import org.fusedem.cli.failure.FileErrors;

/**
 * The columns of a CSV file.
 *
 * @param file for sentences
 * @param names one per column; x1, x2, ... where the file has none
 * @param named whether the first row held the names, and is no data
 */
public record Header(Path file, List<String> names, boolean named) {
    /** What the user says of the first row. */
    enum Mode {
        /** Look at it. */
        DETECT,
        /** It holds names. */
        PRESENT,
        /** It holds data. */
        ABSENT
    }

    /**
     * Decides what the first row is. All numbers, or missing where that is allowed: data. No number at all: names. Some
     * of both could be either, a row of data with a label or names with a year among them, so unless one of the
     * expected names is there the user is asked: taking data for names would lose a point in silence, and the other way
     * round invent one.
     *
     * @param expected names that somebody asked for
     * @param missing whether values may be missing
     */
    static Header of(Path file, List<String> firstRow, Mode mode, Set<String> expected, boolean missing) {
        boolean named = switch (mode) {
            case PRESENT -> true;
            case ABSENT -> false;
            case DETECT -> {
                if (firstRow.stream().noneMatch(Cell::isNumber)
                        || firstRow.stream().map(String::strip).anyMatch(expected::contains)) {
                    yield true;
                }
                for (String cell : firstRow) {
                    if (!Cell.isNumber(cell) && !(missing && Cell.isMissing(cell))) {
                        throw CommandException.wrongUse(FileErrors.name(file) + ": the first row has numbers, but also "
                                + Cell.shown(cell) + ": say --header if these are names, --no-header if they are data");
                    }
                }
                yield false;
            }
        };
        List<String> names = IntStream.range(0, firstRow.size())
                .mapToObj(i -> named && !firstRow.get(i).isBlank() ? firstRow.get(i).strip() : "x" + (i + 1))
                .toList();
        return new Header(file, names, named);
    }

    int size() {
        return names.size();
    }

    /** Those of some columns. */
    public List<String> names(int[] indexes) {
        return Arrays.stream(indexes).mapToObj(names::get).toList();
    }

    /** A column in a sentence: by its name if the file gives one, else by its number from 1. */
    String column(int index) {
        return "column " + (named ? Cell.shown(names.get(index)) : String.valueOf(index + 1));
    }

    /**
     * Where the column of this name is, or -1.
     *
     * @throws CommandException if there are two
     */
    int indexOf(String name) {
        int index = names.indexOf(name);
        if (index != names.lastIndexOf(name)) {
            throw CommandException.wrongUse(FileErrors.name(file) + ": two columns are called " + Cell.shown(name)
                    + ": take them by number, or rename one");
        }
        return index;
    }
}
