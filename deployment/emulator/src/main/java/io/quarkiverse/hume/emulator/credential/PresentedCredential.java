package io.quarkiverse.hume.emulator.credential;

import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.json.JsonObject;

/**
 * What a request presents to be accepted, and how each platform says that it is not.
 *
 * @param account the owner, also of a credential that is no longer accepted; null if there is none
 * @param serial of the keys; 0 if there are none, or none that were ever issued
 */
public record PresentedCredential(Kind kind, Verdict verdict, String account, long serial) {

    private static final String SEVERAL = "The request carries more than one credential. Send exactly one of the headers"
            + " X-Hume-Api-Key and Authorization, once.";

    public enum Kind {
        API_KEY,
        TOKEN,
        BASIC,
        NONE,
        SEVERAL;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    enum Verdict {
        ACCEPTED,
        EXPIRED,
        /** A token in the place of a key. */
        MISPLACED,
        REFUSED
    }

    static PresentedCredential refused(Kind kind) {
        return new PresentedCredential(kind, Verdict.REFUSED, null, 0);
    }

    boolean accepted() {
        return verdict == Verdict.ACCEPTED;
    }

    /** Empty if the request is accepted. */
    public Optional<Answer> refusal(ReceivedRequest request) {
        if (kind == Kind.SEVERAL) {
            return Optional.of((request.cloud() ? RefusedRequest.cloud("several_credentials", SEVERAL, null)
                    : RefusedRequest.voice(400, "several_credentials", SEVERAL)).answer());
        }
        // Audio Decisions documents keys only.
        boolean wrongKind = kind == Kind.BASIC || kind == Kind.TOKEN && request.below("/v0/decisions");
        return accepted() && !wrongKind ? Optional.empty()
                : Optional.of(Answer.json(401, request.cloud() ? cloudUnauthorized() : voiceUnauthorized()));
    }

    /** The same for a handshake, where the voice platform refuses a mixture of credentials with another status. */
    public Optional<Answer> refusalOfHandshake(ReceivedRequest request) {
        boolean mixed = kind == Kind.SEVERAL || verdict == Verdict.MISPLACED;
        return mixed && !request.cloud() ? Optional.of(RefusedRequest.voice(403, "mixed_credentials",
                "The handshake needs one credential: a key as api_key, or a token as access_token").answer())
                : refusal(request);
    }

    private JsonObject cloudUnauthorized() {
        JsonObject body = JsonObject.of("message", "Unauthorized");
        // Documented for a rejected key only; without a credential, or with a token, there is no id.
        return kind == Kind.API_KEY ? body.put("request_id", RefusedRequest.newRequestId()) : body;
    }

    private JsonObject voiceUnauthorized() {
        return switch (kind) {
            case API_KEY -> fault("Invalid ApiKey", "oauth.v2.InvalidApiKey");
            case TOKEN -> verdict == Verdict.EXPIRED
                    ? fault("Access Token expired", "keymanagement.service.access_token_expired")
                    : fault("Invalid Access Token", "keymanagement.service.invalid_access_token");
            default -> fault("Failed to resolve API Key variable request.header.X-Hume-Api-Key",
                    "oauth.v2.FailedToResolveAPIKey");
        };
    }

    private static JsonObject fault(String text, String code) {
        return JsonObject.of("fault", JsonObject.of("faultstring", text, "detail", JsonObject.of("errorcode", code)));
    }
}
