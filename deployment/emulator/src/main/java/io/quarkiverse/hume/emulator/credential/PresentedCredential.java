package io.quarkiverse.hume.emulator.credential;

/**
 * What a request shows to be let in.
 *
 * @param account the owner, also of a credential that is dead; null if nobody's
 * @param serial of the keys, when they were accepted at the token endpoint
 */
public record PresentedCredential(Kind kind, Verdict verdict, String account, long serial) {

    public enum Kind {
        API_KEY("api-key"),
        TOKEN("token"),
        BASIC("basic"),
        NONE("none"),
        SEVERAL("several");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    enum Verdict {
        ACCEPTED,
        EXPIRED,
        /** A token in the place of a key. */
        MISPLACED,
        REFUSED
    }

    PresentedCredential(Kind kind, Verdict verdict, String account) {
        this(kind, verdict, account, 0);
    }

    boolean accepted() {
        return verdict == Verdict.ACCEPTED;
    }
}
