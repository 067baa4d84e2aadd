package io.quarkiverse.hume.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.platform.Answer;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest;
import io.quarkiverse.hume.emulator.platform.RejectedRequest;
import io.vertx.core.json.JsonObject;

/**
 * The credential of a request, whether it is accepted, and the answer of each platform if it is not.
 *
 * @param account the account of the credential, also if it is no longer accepted; null if it is unknown
 * @param serial of the keys; 0 if there are no keys, or if they are unknown
 */
record PresentedCredential(Kind kind, Verdict verdict, String account, long serial) {

    private static final String API_KEY_HEADER = "X-Hume-Api-Key";
    private static final String AUTHORIZATION = "Authorization";
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
        /** At a handshake of the voice platform: several credentials, or a token in the place of a key. */
        MIXED,
        REJECTED
    }

    /** At the token endpoint, only the Authorization header counts. */
    static PresentedCredential of(ReceivedRequest request, EmulatorAccounts accounts) {
        List<String> keys = request.path().equals(TokenEndpoint.PATH) ? List.of() : request.headers().getAll(API_KEY_HEADER);
        return judge(keys, request.headers().getAll(AUTHORIZATION), accounts);
    }

    /**
     * At a handshake of the voice platform, the query counts as well, in both spellings that clients use. The same credential
     * in two places counts once, and an empty one does not count: some clients send their key twice, or an empty header.
     */
    static PresentedCredential ofHandshake(ReceivedRequest request, EmulatorAccounts accounts) {
        if (request.cloud()) {
            return of(request, accounts);
        }
        Set<String> keys = distinct(request.headers().getAll(API_KEY_HEADER), request.parameters("api_key"),
                request.parameters("apiKey"));
        Set<String> authorizations = distinct(request.headers().getAll(AUTHORIZATION));
        distinct(request.parameters("access_token"), request.parameters("accessToken"))
                .forEach(token -> authorizations.add("Bearer " + token));
        PresentedCredential judged = judge(keys, authorizations, accounts);
        String owner = judged.kind() == Kind.API_KEY ? accounts.judgeToken(keys.iterator().next()).account() : null;
        return owner == null && judged.kind() != Kind.SEVERAL ? judged
                : new PresentedCredential(judged.kind(), Verdict.MIXED, owner, 0);
    }

    static PresentedCredential rejected(Kind kind) {
        return new PresentedCredential(kind, Verdict.REJECTED, null, 0);
    }

    /** Empty if the request is accepted. */
    Optional<Answer> rejection(ReceivedRequest request) {
        if (verdict == Verdict.MIXED) {
            return Optional.of(RejectedRequest.voice(403, "mixed_credentials",
                    "The handshake needs one credential: a key as api_key, or a token as access_token").answer());
        }
        if (kind == Kind.SEVERAL) {
            return Optional.of((request.cloud() ? RejectedRequest.cloud("several_credentials", SEVERAL, null)
                    : RejectedRequest.voice(400, "several_credentials", SEVERAL)).answer());
        }
        // Hume documents API keys only for audio decisions.
        boolean wrongKind = kind == Kind.BASIC || kind == Kind.TOKEN && request.below("/v0/decisions");
        return verdict == Verdict.ACCEPTED && !wrongKind ? Optional.empty()
                : Optional.of(Answer.json(401, request.cloud() ? cloudUnauthorized() : voiceUnauthorized()));
    }

    private static PresentedCredential judge(Collection<String> keys, Collection<String> authorizations,
            EmulatorAccounts accounts) {
        if (keys.size() + authorizations.size() > 1) {
            return rejected(Kind.SEVERAL);
        }
        return keys.stream().map(key -> accounts.judge(Kind.API_KEY, key, null)).findFirst()
                .or(() -> authorizations.stream().map(value -> authorization(value, accounts)).findFirst())
                .orElse(rejected(Kind.NONE));
    }

    @SafeVarargs
    private static Set<String> distinct(List<String>... values) {
        return Stream.of(values).flatMap(List::stream).filter(value -> !value.isBlank()).collect(Collectors.toSet());
    }

    private static PresentedCredential authorization(String value, EmulatorAccounts accounts) {
        int space = value.indexOf(' ');
        String credential = value.substring(space + 1).trim();
        return switch (value.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT)) {
            case "bearer" -> accounts.judgeToken(credential);
            case "basic" -> basic(credential, accounts);
            default -> rejected(Kind.NONE);
        };
    }

    private static PresentedCredential basic(String encoded, EmulatorAccounts accounts) {
        try {
            String[] pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).split(":", 2);
            return accounts.judge(Kind.BASIC, pair[0], pair.length == 2 ? pair[1] : "");
        } catch (IllegalArgumentException notBase64) {
            return rejected(Kind.BASIC);
        }
    }

    private JsonObject cloudUnauthorized() {
        JsonObject body = JsonObject.of("message", "Unauthorized");
        // Documented for a rejected key only, not for a token or a missing credential.
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
