package org.fusedem.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The option that somebody meant who wrote another. (picocli's own guess goes by pairs of letters, and is often far off.) */
final class SimilarName {
    private SimilarName() {}

    /** The name that begins as the typed one, or differs least from it; none if all are far. Dashes and case do not count. */
    static Optional<String> of(String typed, List<String> names) {
        String letters = letters(typed.replaceFirst("=.*", ""));
        // A third of the letters wrong, or two: but not all.
        int most = Math.min(Math.max(2, letters.length() / 3), letters.length() - 1);
        Optional<String> longer =
                names.stream().filter(name -> letters.length() > 1 && letters(name).startsWith(letters)).findFirst();
        return longer.or(() -> names.stream().filter(name -> distance(letters, letters(name)) <= most)
                .min(Comparator.comparingInt(name -> distance(letters, letters(name)))));
    }

    private static String letters(String name) {
        return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's: how many letters must be added, left out or replaced. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            int diagonal = i;
            for (int j = 0; j <= to.length(); j++) {
                int replaced = i == 0 || j == 0 ? i + j : diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                int above = row[j];
                row[j] = i == 0 || j == 0 ? replaced : Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
