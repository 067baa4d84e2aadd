package io.quarkiverse.hume.runtime.devui.keys;

/**
 * A key as the developer of the application may see it.
 *
 * @param masked the last four characters after a fixed number of dots; only dots for a short key; {@code null} if there is no
 *        key
 * @param source the source of the key, such as "application.properties"
 */
public record MaskedKey(String masked, String source) {

    private static final String DOTS = "\u2022".repeat(8);
    private static final int VISIBLE = 4;

    /** Four visible characters would reveal too much of a shorter key. */
    private static final int SHORTEST = 12;

    static MaskedKey of(String key, String source) {
        return new MaskedKey(key.length() < SHORTEST ? DOTS : DOTS + key.substring(key.length() - VISIBLE), source);
    }
}
