package io.quarkiverse.hume.emulator.http;

/** The two halves of Hume. */
public enum Platform {
    VOICE,
    CLOUD;

    public static final String DECISIONS = "/v0/decisions";

    public static Platform of(String path) {
        return below(path, DECISIONS) || below(path, "/v1/expression") ? CLOUD : VOICE;
    }

    public static boolean below(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
