package io.quarkiverse.hume.emulator;

import java.util.List;

import io.quarkiverse.hume.emulator.EmulatorAccounts.IssuedToken;
import io.quarkiverse.hume.emulator.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.PresentedCredential.Verdict;
import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.JsonInput;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Issues tokens for a pair of keys. Invalid requests get the errors of the gateway of Hume's voice platform.
 *
 * @param lifetimeMillis of tokens that are issued from now on
 * @param latencyMillis before each answer
 */
record TokenEndpoint(long lifetimeMillis, long latencyMillis, boolean includeExpiresIn) {

    static final String PATH = "/oauth2-cc/token";
    static final TokenEndpoint INITIAL = new TokenEndpoint(1_800_000, 0, true);

    private static final String GRANT_TYPE = "client_credentials";
    private static final long YEAR_MILLIS = 365L * 24 * 3600 * 1000;
    private static final long LONGEST_LATENCY_MILLIS = 600_000;

    /** @param body of a control call; fields that are absent keep their value */
    TokenEndpoint update(Buffer body) {
        JsonInput input = JsonInput.control(body, "lifetime_seconds", "lifetime_millis", "latency_millis",
                "include_expires_in");
        input.notTogether("lifetime_seconds", "lifetime_millis");
        long lifetime = input.whole("lifetime_seconds", 1, YEAR_MILLIS / 1000).map(seconds -> seconds * 1000)
                .or(() -> input.whole("lifetime_millis", 1, YEAR_MILLIS)).orElse(lifetimeMillis);
        return new TokenEndpoint(lifetime, input.whole("latency_millis", 0, LONGEST_LATENCY_MILLIS).orElse(latencyMillis),
                input.flag("include_expires_in", includeExpiresIn));
    }

    JsonObject toJson() {
        return JsonObject.of("lifetime_millis", lifetimeMillis, "latency_millis", latencyMillis, "include_expires_in",
                includeExpiresIn);
    }

    Answer answer(ReceivedRequest request, EmulatorAccounts accounts) {
        PresentedCredential credential = PresentedCredential.of(request, accounts);
        if (credential.kind() == Kind.SEVERAL) {
            return error(400, "invalid_request", "Several Authorization headers");
        }
        if (credential.kind() != Kind.BASIC || credential.verdict() != Verdict.ACCEPTED) {
            return error(401, "invalid_client", credential.kind() == Kind.BASIC ? "Client credentials are invalid"
                    : "Client credentials are missing: Authorization: Basic base64(apiKey:secretKey)");
        }
        if (!request.mediaType().equals("application/x-www-form-urlencoded")) {
            return error(400, "invalid_request", "Content-Type must be application/x-www-form-urlencoded");
        }
        String grantType = ReceivedRequest.formFields(request.body().toString()).getOrDefault("grant_type", List.of("")).get(0);
        if (!grantType.equals(GRANT_TYPE)) {
            return grantType.isEmpty() ? error(400, "invalid_request", "Required param : grant_type, in the body")
                    : error(400, "unsupported_grant_type", "Unsupported grant type : " + grantType);
        }
        IssuedToken token = accounts.issueToken(credential.account(), credential.serial(), lifetimeMillis);
        JsonObject body = JsonObject.of("access_token", token.value(), "token_type", "Bearer", "issued_at",
                token.issuedAt().toEpochMilli(), "grant_type", GRANT_TYPE);
        // Whole seconds, as in Hume's responses: rounded down, but at least one.
        return Answer.ok(includeExpiresIn ? body.put("expires_in", Math.max(1, lifetimeMillis / 1000)) : body)
                .with("Cache-Control", "no-store");
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(status, JsonObject.of("ErrorCode", code, "Error", message));
    }
}
