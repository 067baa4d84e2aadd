package io.quarkiverse.hume.runtime.endpoint;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.name.AccountName;

/**
 * Reads the response of the token endpoint. It is as lenient as Hume's own clients, but rejects values that would be harmful.
 * Only {@code access_token} is required; {@code expires_in} may be a number or a numeric string (RFC 6749 section 5.1).
 */
final class TokenResponseReader {

    /** Longer lifetimes are a mistake, most likely milliseconds or an instant in place of seconds. */
    private static final BigDecimal MAX_LIFETIME_SECONDS = BigDecimal.valueOf(Duration.ofDays(366).toSeconds());
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

    /**
     * The parts of a response that messages may repeat: the error codes of RFC 6749 (sections 4.1.2.1 and 5.2) and those of
     * Apigee, which Hume's platform resembles, for client credentials. Anything else could be what was sent.
     */
    private static final Set<String> ERROR_CODES = Set.of("invalid_request", "invalid_client", "invalid_grant",
            "unauthorized_client", "unsupported_grant_type", "invalid_scope", "access_denied", "unsupported_response_type",
            "server_error", "temporarily_unavailable", "oauth.v2.InvalidApiKey", "oauth.v2.InvalidClientIdentifier",
            "oauth.v2.FailedToResolveAPIKey", "oauth.v2.UnsupportedGrantType", "oauth.v2.InvalidRequest",
            "oauth.v2.InvalidApiKeyForGivenResource", "keymanagement.service.invalid_client",
            "keymanagement.service.CompanyStatusNotActive", "keymanagement.service.DeveloperStatusNotActive",
            "keymanagement.service.consumer_key_missing_api_product_association", "policies.ratelimit.QuotaViolation",
            "policies.ratelimit.SpikeArrestViolation");

    private final String account;
    private final Duration defaultLifetime;

    TokenResponseReader(String account, Duration defaultLifetime) {
        this.account = account;
        this.defaultLifetime = defaultLifetime;
    }

    AccessToken read(byte[] body, Instant receivedAt) {
        JsonNode response = parse(body);
        JsonNode token = response.get("access_token");
        if (token == null || token.isNull()) {
            throw invalid("has no access_token" + errorCode(response));
        }
        if (!token.isTextual()) {
            throw invalid("has an access_token that is not a string");
        }
        if (token.textValue().isBlank()) {
            throw invalid("has a blank access_token");
        }
        Duration lifetime = lifetime(response.get("expires_in"));
        try {
            return AccessToken.of(token.textValue(), receivedAt, lifetime);
        } catch (IllegalArgumentException e) {
            throw invalid("cannot be used: " + e.getMessage());
        }
    }

    private JsonNode parse(byte[] body) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            throw invalid("is empty");
        }
        JsonNode response;
        try {
            response = Json.MAPPER.readTree(body);
        } catch (IOException e) {
            // The cause is omitted, because the message of Jackson quotes the body.
            throw invalid(body[0] == '<' ? "is HTML or XML" : "is not JSON");
        }
        if (response == null || !response.isObject()) {
            throw invalid("is not a JSON object");
        }
        return response;
    }

    private Duration lifetime(JsonNode expiresIn) {
        if (expiresIn == null || expiresIn.isNull()) {
            return defaultLifetime;
        }
        BigDecimal seconds;
        try {
            seconds = new BigDecimal(expiresIn.isNumber() || expiresIn.isTextual() ? expiresIn.asText().trim() : "no number");
        } catch (NumberFormatException e) {
            throw invalid("has an expires_in that is neither a number nor a numeric string");
        }
        if (seconds.signum() <= 0) {
            throw invalid("has an expires_in that is not more than zero");
        }
        if (seconds.compareTo(MAX_LIFETIME_SECONDS) > 0) {
            throw invalid("has an expires_in of more than a year; it is a number of seconds");
        }
        return Duration.ofMillis(Math.max(1, seconds.multiply(MILLIS).longValue()));
    }

    private static String errorCode(JsonNode response) {
        boolean unknown = false;
        for (String field : new String[] { "error", "ErrorCode", "code", "errorcode" }) {
            JsonNode value = response.findValue(field);
            if (value != null && value.isTextual()) {
                if (ERROR_CODES.contains(value.textValue())) {
                    return ", but the error code " + value.textValue();
                }
                unknown = true;
            }
        }
        return unknown ? ", but an error code that is not a known one" : "";
    }

    HumeAuthenticationException invalid(String what) {
        return new HumeAuthenticationException(Reason.INVALID_TOKEN_RESPONSE, account,
                "The token endpoint's answer for " + AccountName.describe(account) + " " + what + ". Check that "
                        + AccountName.property(account, "base-url") + " and " + AccountName.property(account, "token.path")
                        + " lead to Hume's token endpoint and not to a proxy or login page");
    }

    /** Loaded by the first response: it needs 350 classes, which would delay the start of the application. */
    private static final class Json {

        // This is not the application's instance, whose modules and settings must not affect how tokens are read.
        static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
