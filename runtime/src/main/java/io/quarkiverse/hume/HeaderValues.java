package io.quarkiverse.hume;

/**
 * What may stand in a header: visible ASCII, the characters of RFC 9110 section 5.5 less white space and
 * {@code obs-text}. A key or token with a line break would otherwise inject a header of somebody else's choice.
 */
final class HeaderValues {

    private HeaderValues() {
    }

    static void check(String value, String what) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The " + what + " is empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException(String.format(
                        "The %s has a character that must not stand in a header: U+%04X at position %d of %d", what, (int) c,
                        i + 1, value.length()));
            }
        }
    }
}
