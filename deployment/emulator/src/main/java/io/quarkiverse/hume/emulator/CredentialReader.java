package io.quarkiverse.hume.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.PresentedCredential.Verdict;
import io.vertx.core.MultiMap;

/** Finds the credential of a request and judges it. A credential in the query counts at handshakes only. */
final class CredentialReader {

    private static final String API_KEY_HEADER = "X-Hume-Api-Key";
    private static final String AUTHORIZATION = "Authorization";

    private final EmulatorAccounts accounts;
    private final TokenLedger tokens;

    CredentialReader(EmulatorAccounts accounts, TokenLedger tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    PresentedCredential read(MultiMap headers) {
        List<String> keys = headers.getAll(API_KEY_HEADER);
        List<String> authorizations = headers.getAll(AUTHORIZATION);
        if (keys.size() + authorizations.size() > 1) {
            return new PresentedCredential(Kind.SEVERAL, Verdict.REFUSED, null);
        }
        if (keys.size() == 1) {
            return apiKey(keys.get(0));
        }
        return authorizations.isEmpty() ? new PresentedCredential(Kind.NONE, Verdict.REFUSED, null)
                : authorization(authorizations.get(0));
    }

    /**
     * At a handshake of the voice platform the query counts as well, in both spellings clients use. The same credential in
     * two places is one, and an empty one is none: some clients send their key twice, or an empty header.
     */
    PresentedCredential readHandshake(ReceivedRequest request) {
        if (Platform.of(request.path()) == Platform.CLOUD) {
            return read(request.headers());
        }
        Set<String> keys = distinct(Stream.of(request.headers().getAll(API_KEY_HEADER), request.parameters("api_key"),
                request.parameters("apiKey")));
        Set<String> authorizations = distinct(Stream.of(request.headers().getAll(AUTHORIZATION)));
        distinct(Stream.of(request.parameters("access_token"), request.parameters("accessToken")))
                .forEach(token -> authorizations.add("Bearer " + token));
        if (keys.size() + authorizations.size() > 1) {
            return new PresentedCredential(Kind.SEVERAL, Verdict.REFUSED, null);
        }
        return keys.stream().findFirst().map(this::handshakeKey)
                .or(() -> authorizations.stream().findFirst().map(this::authorization))
                .orElse(new PresentedCredential(Kind.NONE, Verdict.REFUSED, null));
    }

    private PresentedCredential handshakeKey(String key) {
        return tokens.find(key).map(token -> new PresentedCredential(Kind.API_KEY, Verdict.MISPLACED, token.account()))
                .orElseGet(() -> apiKey(key));
    }

    private static Set<String> distinct(Stream<List<String>> values) {
        return values.flatMap(List::stream).filter(value -> !value.isBlank())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** At the token endpoint only the Authorization header counts. */
    PresentedCredential readForToken(MultiMap headers) {
        List<String> authorizations = headers.getAll(AUTHORIZATION);
        if (authorizations.size() > 1) {
            return new PresentedCredential(Kind.SEVERAL, Verdict.REFUSED, null);
        }
        return authorizations.isEmpty() ? new PresentedCredential(Kind.NONE, Verdict.REFUSED, null)
                : authorization(authorizations.get(0));
    }

    private PresentedCredential apiKey(String key) {
        return accounts.find(key)
                .map(match -> new PresentedCredential(Kind.API_KEY, verdict(match.live()), match.account()))
                .orElse(new PresentedCredential(Kind.API_KEY, Verdict.REFUSED, null));
    }

    private PresentedCredential authorization(String value) {
        return afterScheme(value, "Bearer").map(this::token)
                .or(() -> afterScheme(value, "Basic").map(this::basic))
                .orElse(new PresentedCredential(Kind.NONE, Verdict.REFUSED, null));
    }

    private PresentedCredential token(String value) {
        return tokens.find(value).map(token -> new PresentedCredential(Kind.TOKEN,
                tokens.live(token) ? Verdict.ACCEPTED : tokens.expired(token) ? Verdict.EXPIRED : Verdict.REFUSED,
                token.account())).orElse(new PresentedCredential(Kind.TOKEN, Verdict.REFUSED, null));
    }

    private PresentedCredential basic(String encoded) {
        String[] pair = decode(encoded).split(":", 2);
        return accounts.find(pair[0])
                .map(match -> new PresentedCredential(Kind.BASIC,
                        verdict(match.live() && pair.length == 2 && match.keys().secretKey().equals(pair[1])),
                        match.account(), match.serial()))
                .orElse(new PresentedCredential(Kind.BASIC, Verdict.REFUSED, null));
    }

    private static Verdict verdict(boolean accepted) {
        return accepted ? Verdict.ACCEPTED : Verdict.REFUSED;
    }

    private static String decode(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static Optional<String> afterScheme(String value, String scheme) {
        boolean matches = value.length() > scheme.length() && value.charAt(scheme.length()) == ' '
                && value.regionMatches(true, 0, scheme, 0, scheme.length());
        return matches ? Optional.of(value.substring(scheme.length()).trim()) : Optional.empty();
    }
}
