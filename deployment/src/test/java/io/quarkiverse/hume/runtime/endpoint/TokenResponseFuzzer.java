package io.quarkiverse.hume.runtime.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

/**
 * Any input results in a token or in a {@link HumeAuthenticationException} whose message repeats nothing of the input except a
 * known error code. A response that is assembled from parts has the result that the documented rules give for these parts.
 */
public final class TokenResponseFuzzer {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(30);
    private static final long YEAR = 366L * 24 * 3600;
    private static final Pattern MESSAGE = Pattern.compile("The token endpoint's answer for the Hume account \"cloud\" ("
            + "is empty|is HTML or XML|is not JSON|is not a JSON object"
            + "|has no access_token(, but an error code that is not a known one|, but the error code ("
            + "invalid_request|invalid_client|invalid_grant|unauthorized_client|unsupported_grant_type"
            + "|invalid_scope|access_denied|unsupported_response_type|server_error|temporarily_unavailable"
            + "|oauth\\.v2\\.InvalidApiKey|oauth\\.v2\\.InvalidClientIdentifier"
            + "|oauth\\.v2\\.FailedToResolveAPIKey|oauth\\.v2\\.UnsupportedGrantType"
            + "|oauth\\.v2\\.InvalidRequest|oauth\\.v2\\.InvalidApiKeyForGivenResource"
            + "|keymanagement\\.service\\.invalid_client|keymanagement\\.service\\.CompanyStatusNotActive"
            + "|keymanagement\\.service\\.DeveloperStatusNotActive"
            + "|keymanagement\\.service\\.consumer_key_missing_api_product_association"
            + "|policies\\.ratelimit\\.QuotaViolation|policies\\.ratelimit\\.SpikeArrestViolation"
            + "))?"
            + "|has an access_token that is not a string|has a blank access_token"
            + "|has an expires_in that is (neither a number nor a numeric string|not more than zero)"
            + "|has an expires_in of more than a year; it is a number of seconds"
            + "|cannot be used: The access token has a character that must not stand in a header: U\\+[0-9A-F]{4} at position"
            + " \\d+ of \\d+( \\(a (blank|line break|tab)\\))?)"
            + "\\. Check that hume\\.accounts\\.\"cloud\"\\.base-url and hume\\.accounts\\.\"cloud\"\\.token\\.path lead to"
            + " Hume's token endpoint and not to a proxy or login page");

    private static final TokenResponseReader READER = new TokenResponseReader("cloud", DEFAULT_LIFETIME);

    private TokenResponseFuzzer() {
    }

    public static byte[][] seeds() {
        return bytes("\0{\"access_token\":\"abc\",\"expires_in\":1800,\"token_type\":\"bearer\"}",
                "\0{\"access_token\":\"abc\",\"expires_in\":\"59.5\"}", "\0{\"error\":\"invalid_client\"}", "\0<html>",
                "\0{\"access_token\":\"abc\",\"expires_in\":1e300}", "\1abc1800", "\1a b60");
    }

    private static byte[][] bytes(String... seeds) {
        byte[][] all = new byte[seeds.length][];
        for (int i = 0; i < seeds.length; i++) {
            all[i] = seeds[i].getBytes(StandardCharsets.UTF_8);
        }
        return all;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0 && input[0] == 0) {
            read(java.util.Arrays.copyOfRange(input, 1, input.length));
        } else {
            readParts(com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl.withJavaData(input));
        }
    }

    private static AccessToken read(byte[] body) {
        try {
            AccessToken token = READER.read(body, NOW);
            check(isVisibleAscii(token.value()), "a token that a header must not carry");
            check(token.expiresAt().isAfter(NOW) && !token.expiresAt().isAfter(NOW.plusSeconds(YEAR)), "a lifetime");
            check(!token.toString().contains("=" + token.value() + ","), "a token that shows");
            return token;
        } catch (HumeAuthenticationException e) {
            check(e.reason() == Reason.INVALID_TOKEN_RESPONSE, "the reason " + e.reason());
            check(MESSAGE.matcher(e.getMessage()).matches(), "the message " + e.getMessage());
            check(e.getCause() == null, "a cause, which may quote the answer");
            return null;
        }
    }

    private static void readParts(FuzzedDataProvider data) {
        int form = data.consumeInt(0, 4);
        long seconds = data.consumeBoolean() ? data.consumeLong(-5, 5) : data.consumeLong(-1, YEAR + 1);
        String value = data.consumeRemainingAsString();
        // A surrogate without its other half cannot be sent in UTF-8, so it would not be what was put in.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            return;
        }
        String expiry = switch (form) {
            case 0 -> "";
            case 1 -> ",\"expires_in\":" + seconds;
            case 2 -> ",\"expires_in\":\"" + seconds + "\"";
            case 3 -> ",\"expires_in\":" + seconds + ".0";
            default -> ",\"expires_in\":null";
        };
        String body = "{\"access_token\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"" + expiry
                + "}";
        AccessToken token = read(body.getBytes(StandardCharsets.UTF_8));
        boolean lifetimeCounts = form >= 1 && form <= 3;
        boolean usable = !value.isEmpty() && isVisibleAscii(value) && (!lifetimeCounts || seconds >= 1 && seconds <= YEAR);
        check(usable == (token != null), "usable is " + usable + ": " + body);
        if (token != null) {
            check(token.value().equals(value), "another token");
            check(token.expiresAt().equals(NOW.plus(lifetimeCounts ? Duration.ofSeconds(seconds) : DEFAULT_LIFETIME)),
                    "another expiry");
        }
    }

    private static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static void check(boolean expected, String otherwise) {
        if (!expected) {
            throw new AssertionError(otherwise);
        }
    }
}
