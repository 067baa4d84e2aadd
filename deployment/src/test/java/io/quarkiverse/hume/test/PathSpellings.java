package io.quarkiverse.hume.test;

import java.util.List;

/** Spellings of the endpoint's path that some servers treat as equal to it. */
public final class PathSpellings {

    private PathSpellings() {
    }

    public static List<String> all() {
        return List.of("/hume/token", "/hume/token/", "/hume/token//", "//hume/token", "/hume//token", "///hume///token",
                "/hume/%74oken", "/%68ume/token", "/hume%2Ftoken", "/hume%2ftoken", "/hume/token%2F", "/hume/token%20",
                "/hume/token%00", "/hume/token%3Ba", "/hume/token;a=b", "/hume;a=b/token", "/;/hume/token", "/hume/;/token",
                "/hume/token;", "/hume/token?a=b", "/hume/token?", "/hume/token/?a=/public", "/HUME/TOKEN", "/Hume/Token",
                "/hume/TOKEN", "/hume/./token", "/hume/x/../token", "/x/../hume/token", "/hume/token/.", "/hume/token/x/..",
                "/hume/%2e/token", "/hume/x/%2e%2e/token", "/./hume/token", "/../hume/token", "/hume/token.json",
                "/hume/token/public", "/hume/%2574oken", "/hume\\token", "/hume/tok%65n/", "/hume/token%09",
                "/hume/token#x", "/hume/token%23");
    }
}
