package io.quarkiverse.hume.emulator;

import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RejectedRequest;
import io.vertx.core.json.JsonObject;

/**
 * What a request presents to be accepted, and how each platform says that it is not.
 *
 * @param account the owner, also of a credential that is no longer accepted; null if there is none
 * @param serial of the keys; 0 if there are none, or none that were ever issued
 */
record PresentedCredential(Kind kind, Verdict verdict, String account, long serial) {

    private static final String SEVERAL = "The request carries more than one credential. Send exactly one of the headers"
            + " X-Hume-Api-Key and Authorization, once.";

    enum Kind {
        API_KEY,
        TOKEN,
        BASIC,
        NONE,
        SEVERAL;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    enum Verdict {
        ACCEPTED,
        EXPIRED,
        /** A token in the place of a key. */
        MISPLACED,
        REJECTED
    }

    static PresentedCredential rejected(Kind kind) {
        return new PresentedCredential(kind, Verdict.REJECTED, null, 0);
    }

    boolean accepted() {
        return verdict == Verdict.ACCEPTED;
    }

    /** Empty if the request is accepted. */
    Optional<Answer> rejection(ReceivedRequest request) {
        if (kind == Kind.SEVERAL) {
            return Optional.of((request.cloud() ? RejectedRequest.cloud("several_credentials", SEVERAL, null)
                    : RejectedRequest.voice(400, "several_credentials", SEVERAL)).answer());
        }
        // Audio Decisions documents keys only.
        boolean wrongKind = kind == Kind.BASIC || kind == Kind.TOKEN && request.below("/v0/decisions");
        return accepted() && !wrongKind ? Optional.empty()
                : Optional.of(Answer.json(401, request.cloud() ? cloudUnauthorized() : voiceUnauthorized()));
    }

    /** The same for a handshake, where the voice platform rejects a mixture of credentials with another status. */
    Optional<Answer> rejectionOfHandshake(ReceivedRequest request) {
        boolean mixed = kind == Kind.SEVERAL || verdict == Verdict.MISPLACED;
        return mixed && !request.cloud() ? Optional.of(RejectedRequest.voice(403, "mixed_credentials",
                "The handshake needs one credential: a key as api_key, or a token as access_token").answer())
                : rejection(request);
    }

    private JsonObject cloudUnauthorized() {
        JsonObject body = JsonObject.of("message", "Unauthorized");
        // Documented for a rejected key only; without a credential, or with a token, there is no id.
        return kind == Kind.API_KEY ? body.put("request_id", RejectedRequest.newRequestId()) : body;
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
