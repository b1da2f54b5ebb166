package org.fusedem.cli.plot;

import java.util.ArrayList;
import java.util.List;

/** What a picture does not show, said. */
final class Omissions {
    private Omissions() {}

    static List<String> phrases(long outside, long incomplete) {
        List<String> phrases = new ArrayList<>();
        if (outside > 0) {
            phrases.add(Numbers.count(outside, "point") + (outside == 1 ? " lies" : " lie") + " far outside");
        }
        if (incomplete > 0) {
            phrases.add(Numbers.count(incomplete, "point") + (incomplete == 1 ? " lacks" : " lack") + " a value");
        }
        return phrases;
    }
}
