package io.quarkiverse.hume.deployment.message;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/** Suggests the known name that was probably meant, for messages about an unknown name. */
public final class Suggestion {

    private Suggestion() {
    }

    /** @return a sentence after a space; empty if none of the known names is similar */
    public static String of(String name, Set<String> known) {
        String nearest = known.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate))).orElse(null);
        boolean similar = nearest != null && distance(name, nearest) <= (name.length() + 1) / 3;
        return similar ? " Did you mean \"" + nearest + "\"?" : "";
    }

    /** The number of letters to insert, remove or replace, ignoring case. */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
