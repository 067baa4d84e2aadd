package io.quarkiverse.hume.emulator;

import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.hume.emulator.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.PresentedCredential.Verdict;
import io.vertx.core.json.JsonObject;

/** The two halves of Hume, which refuse in different words. */
enum Platform {

    VOICE {
        @Override
        Answer several() {
            return Answer.json(400, new JsonObject().put("code", "several_credentials").put("error", "Bad Request")
                    .put("message", SEVERAL_MESSAGE));
        }

        @Override
        Answer unauthorized(PresentedCredential credential) {
            if (credential.kind() == Kind.API_KEY) {
                return fault("Invalid ApiKey", "oauth.v2.InvalidApiKey");
            }
            if (credential.kind() == Kind.TOKEN) {
                return credential.verdict() == Verdict.EXPIRED
                        ? fault("Access Token expired", "keymanagement.service.access_token_expired")
                        : fault("Invalid Access Token", "keymanagement.service.invalid_access_token");
            }
            return fault("Failed to resolve API Key variable request.header.X-Hume-Api-Key",
                    "oauth.v2.FailedToResolveAPIKey");
        }
    },

    CLOUD {
        @Override
        Answer several() {
            return serviceError(400, "several_credentials", SEVERAL_MESSAGE, null);
        }

        @Override
        Answer unauthorized(PresentedCredential credential) {
            JsonObject body = new JsonObject().put("message", "Unauthorized");
            // Documented for a rejected key only; without a credential, or with a token, there is no id.
            if (credential.kind() == Kind.API_KEY) {
                body.put("request_id", newRequestId());
            }
            return Answer.json(401, body);
        }
    };

    private static final String SEVERAL_MESSAGE = "The request carries more than one credential. Send exactly one of"
            + " the headers X-Hume-Api-Key and Authorization, once.";

    private static final String DECISIONS = "/v0/decisions";

    static Platform of(String path) {
        return below(path, DECISIONS) || below(path, "/v1/expression") ? CLOUD : VOICE;
    }

    /** Empty if the request is let in. */
    static Optional<Answer> refusal(String path, PresentedCredential credential) {
        Platform platform = of(path);
        if (credential.kind() == Kind.SEVERAL) {
            return Optional.of(platform.several());
        }
        boolean wrongKind = credential.kind() == Kind.BASIC
                // Audio Decisions documents keys only.
                || credential.kind() == Kind.TOKEN && below(path, DECISIONS);
        return credential.accepted() && !wrongKind ? Optional.empty() : Optional.of(platform.unauthorized(credential));
    }

    /**
     * An error of a cloud service, which comes from behind the gateway.
     *
     * @param parameter a pointer into the request; may be null
     */
    static Answer serviceError(int status, String code, String message, String parameter) {
        JsonObject body = new JsonObject().put("type", "error").put("code", code).put("message", message);
        if (parameter != null) {
            body.put("param", parameter);
        }
        return Answer.json(status, body.put("request_id", newRequestId()));
    }

    static String newRequestId() {
        return "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    abstract Answer several();

    abstract Answer unauthorized(PresentedCredential credential);

    private static Answer fault(String text, String code) {
        return Answer.json(401, new JsonObject().put("fault", new JsonObject().put("faultstring", text)
                .put("detail", new JsonObject().put("errorcode", code))));
    }

    private static boolean below(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
