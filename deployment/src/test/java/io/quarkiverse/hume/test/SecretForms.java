package io.quarkiverse.hume.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds encoded forms of a secret in a text: in base64 at any offset, percent-encoded, in hexadecimal with or without
 * separators, and in the dump of a Netty buffer.
 */
final class SecretForms {

    private static final Pattern DUMP_LINE = Pattern.compile("\\|[0-9a-f]{8}\\|((?: [0-9a-f]{2})+) *\\|");

    private SecretForms() {
    }

    /** The forms in which one of the secrets is found; empty if there is none. */
    static List<String> found(String text, String... secrets) {
        return Arrays.stream(secrets).flatMap(secret -> forms(text, secret).stream().map(form -> form + " of " + secret))
                .toList();
    }

    private static List<String> forms(String text, String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        String lower = text.toLowerCase(Locale.ROOT);
        Map<String, Boolean> forms = new LinkedHashMap<>();
        forms.put("plain text", text.contains(secret));
        for (int offset = 0; offset < 3; offset++) {
            String base64 = base64(bytes, offset);
            forms.put("base64 at offset " + offset,
                    text.contains(base64) || text.contains(base64.replace('+', '-').replace('/', '_')));
        }
        forms.put("percent-encoding", lower.contains("%" + String.join("%", hex.split("(?<=\\G..)"))));
        forms.put("hexadecimal", lower.replaceAll("(?<=[0-9a-f]{2})(?:0x|[ :,\\n]|, )+(?=[0-9a-f]{2})", "").contains(hex));
        String dump = DUMP_LINE.matcher(lower).results().map(MatchResult::group)
                .map(line -> DUMP_LINE.matcher(line)).filter(Matcher::find)
                .map(line -> line.group(1).replace(" ", "")).collect(Collectors.joining());
        forms.put("a dump", dump.contains(hex));
        return forms.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    }

    /** The part of the encoding that does not depend on the surrounding text. */
    private static String base64(byte[] secret, int offset) {
        byte[] shifted = new byte[secret.length + offset];
        System.arraycopy(secret, 0, shifted, offset, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = offset == 0 ? 0 : offset + 1;
        return encoded.substring(from, shifted.length * 8 / 6);
    }
}
