package io.quarkiverse.hume.runtime.devui.keys;

/**
 * What may be shown of a key to the developer of the application.
 *
 * @param masked its last four characters behind dots, which say nothing of its length; dots only for a short key;
 *        {@code null} if there is no key
 * @param source where it comes from, such as "application.properties"
 */
public record MaskedKey(String masked, String source) {

    private static final String DOTS = "\u2022".repeat(8);
    private static final int VISIBLE = 4;

    /** Of a shorter key, four characters would be too much. */
    private static final int SHORTEST = 12;

    static MaskedKey of(String key, String source) {
        return new MaskedKey(key.length() < SHORTEST ? DOTS : DOTS + key.substring(key.length() - VISIBLE), source);
    }
}
