package io.quarkiverse.hume.emulator.credential;

import java.util.Optional;

import io.quarkiverse.hume.emulator.credential.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.credential.PresentedCredential.Verdict;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.Platform;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.json.JsonObject;

/** Whether a credential lets a request in, and each platform's words where it does not. */
public final class Admission {

    private static final String SEVERAL = "The request carries more than one credential. Send exactly one of the headers"
            + " X-Hume-Api-Key and Authorization, once.";

    private Admission() {
    }

    /** Empty if the request is let in. */
    public static Optional<Answer> refusal(String path, PresentedCredential credential) {
        boolean cloud = Platform.of(path) == Platform.CLOUD;
        if (credential.kind() == Kind.SEVERAL) {
            return Optional.of(cloud ? RefusedRequest.cloud(400, "several_credentials", SEVERAL, null).answer()
                    : RefusedRequest.voiceError(400, "several_credentials", SEVERAL));
        }
        boolean wrongKind = credential.kind() == Kind.BASIC
                // Audio Decisions documents keys only.
                || credential.kind() == Kind.TOKEN && Platform.below(path, Platform.DECISIONS);
        return credential.accepted() && !wrongKind ? Optional.empty()
                : Optional.of(cloud ? cloudUnauthorized(credential) : voiceUnauthorized(credential));
    }

    /** The same for a handshake, where the voice platform refuses a mixture of credentials with another status. */
    public static Optional<Answer> refusalOfHandshake(String path, PresentedCredential credential) {
        boolean mixed = credential.kind() == Kind.SEVERAL || credential.verdict() == Verdict.MISPLACED;
        return mixed && Platform.of(path) == Platform.VOICE
                ? Optional.of(RefusedRequest.voiceError(403, "mixed_credentials",
                        "The handshake needs one credential: a key as api_key, or a token as access_token"))
                : refusal(path, credential);
    }

    private static Answer cloudUnauthorized(PresentedCredential credential) {
        JsonObject body = new JsonObject().put("message", "Unauthorized");
        // Documented for a rejected key only; without a credential, or with a token, there is no id.
        if (credential.kind() == Kind.API_KEY) {
            body.put("request_id", RefusedRequest.newRequestId());
        }
        return Answer.json(401, body);
    }

    private static Answer voiceUnauthorized(PresentedCredential credential) {
        return switch (credential.kind()) {
            case API_KEY -> fault("Invalid ApiKey", "oauth.v2.InvalidApiKey");
            case TOKEN -> credential.verdict() == Verdict.EXPIRED
                    ? fault("Access Token expired", "keymanagement.service.access_token_expired")
                    : fault("Invalid Access Token", "keymanagement.service.invalid_access_token");
            default -> fault("Failed to resolve API Key variable request.header.X-Hume-Api-Key",
                    "oauth.v2.FailedToResolveAPIKey");
        };
    }

    private static Answer fault(String text, String code) {
        return Answer.json(401, new JsonObject().put("fault", new JsonObject().put("faultstring", text)
                .put("detail", new JsonObject().put("errorcode", code))));
    }
}
