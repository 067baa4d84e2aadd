package io.quarkiverse.hume;

import java.util.List;
import java.util.Locale;

/**
 * Checks header values: only visible ASCII is accepted, the characters of RFC 9110 section 5.5 without white space and
 * {@code obs-text}. A key or token with a line break could otherwise inject another header.
 */
final class HeaderValues {

    private static final String COPIED = ". Check for a line break or blank that was copied along";
    private static final List<String> SCHEMES = List.of("Bearer", "Basic", "X-Hume-Api-Key:");
    private static final List<String> PLACEHOLDERS = List.of("${", "$(", "{{");

    private HeaderValues() {
    }

    /**
     * Checks a key for common mistakes of copying and quoting. The message names the mistake and contains no part of the key.
     */
    static void checkKey(String value, String what) {
        String text = value.strip();
        boolean begins = !text.isEmpty() && isQuotationMark(text.charAt(0));
        boolean ends = text.length() > 1 && isQuotationMark(text.charAt(text.length() - 1));
        if (begins || ends) {
            throw new IllegalArgumentException(
                    "The " + what + (begins && ends ? " begins and ends" : begins ? " begins" : " ends")
                            + " with a quotation mark. Remove the quotation marks: not everything that reads an .env file or a"
                            + " variable takes them off");
        }
        if (hasPlaceholder(text)) {
            throw new IllegalArgumentException("The " + what + " contains a placeholder, such as ${HUME_API_KEY} or <key>, that"
                    + " nothing has replaced. Put the key there, or set what the placeholder refers to");
        }
        for (String scheme : SCHEMES) {
            if (text.length() > scheme.length() && text.regionMatches(true, 0, scheme, 0, scheme.length())
                    && (scheme.endsWith(":") || Character.isWhitespace(text.charAt(scheme.length())))) {
                throw new IllegalArgumentException("The " + what + " begins with \"" + scheme
                        + "\". Leave that out: the extension adds what belongs before the key");
            }
        }
        check(value, what, COPIED);
    }

    private static boolean hasPlaceholder(String text) {
        for (String placeholder : PLACEHOLDERS) {
            if (text.contains(placeholder)) {
                return true;
            }
        }
        return text.startsWith("<") && text.endsWith(">");
    }

    static void check(String value, String what) {
        check(value, what, "");
    }

    private static void check(String value, String what, String remedy) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The " + what + " is empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "The %s has a character that must not stand in a header: U+%04X at position %d of %d%s%s", what,
                        (int) c,
                        i + 1, value.length(), describe(c), remedy));
            }
        }
    }

    /** The name of the character, for messages. */
    private static String describe(char c) {
        return switch (c) {
            case ' ' -> " (a blank)";
            case '\n', '\r' -> " (a line break)";
            case '\t' -> " (a tab)";
            default -> "";
        };
    }

    private static boolean isQuotationMark(char c) {
        return "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb".indexOf(c) >= 0;
    }
}
