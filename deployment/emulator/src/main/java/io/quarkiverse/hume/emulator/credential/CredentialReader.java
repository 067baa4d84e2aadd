package io.quarkiverse.hume.emulator.credential;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.credential.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.credential.PresentedCredential.Verdict;
import io.quarkiverse.hume.emulator.http.Platform;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.vertx.core.MultiMap;

/** Finds the credential of a request and judges it. A credential in the query counts at handshakes only. */
public final class CredentialReader {

    private static final String API_KEY_HEADER = "X-Hume-Api-Key";
    private static final String AUTHORIZATION = "Authorization";

    private final EmulatorAccounts accounts;
    private final TokenLedger tokens;

    public CredentialReader(EmulatorAccounts accounts, TokenLedger tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    public PresentedCredential read(MultiMap headers) {
        return judge(headers.getAll(API_KEY_HEADER), headers.getAll(AUTHORIZATION));
    }

    /** At the token endpoint only the Authorization header counts. */
    public PresentedCredential readForToken(MultiMap headers) {
        return judge(List.of(), headers.getAll(AUTHORIZATION));
    }

    /**
     * At a handshake of the voice platform the query counts as well, in both spellings clients use. The same credential in
     * two places is one, and an empty one is none: some clients send their key twice, or an empty header.
     */
    public PresentedCredential readHandshake(ReceivedRequest request) {
        if (Platform.of(request.path()) == Platform.CLOUD) {
            return read(request.headers());
        }
        Set<String> keys = distinct(Stream.of(request.headers().getAll(API_KEY_HEADER), request.parameters("api_key"),
                request.parameters("apiKey")));
        Set<String> authorizations = distinct(Stream.of(request.headers().getAll(AUTHORIZATION)));
        distinct(Stream.of(request.parameters("access_token"), request.parameters("accessToken")))
                .forEach(token -> authorizations.add("Bearer " + token));
        PresentedCredential judged = judge(keys, authorizations);
        return judged.kind() != Kind.API_KEY ? judged
                : tokens.find(keys.iterator().next())
                        .map(token -> new PresentedCredential(Kind.API_KEY, Verdict.MISPLACED, token.account())).orElse(judged);
    }

    private PresentedCredential judge(Collection<String> keys, Collection<String> authorizations) {
        if (keys.size() + authorizations.size() > 1) {
            return refused(Kind.SEVERAL);
        }
        return keys.stream().findFirst().map(this::apiKey)
                .or(() -> authorizations.stream().findFirst().map(this::authorization)).orElse(refused(Kind.NONE));
    }

    private static Set<String> distinct(Stream<List<String>> values) {
        return values.flatMap(List::stream).filter(value -> !value.isBlank())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private PresentedCredential apiKey(String key) {
        return accounts.find(key)
                .map(match -> new PresentedCredential(Kind.API_KEY, verdict(match.live()), match.account()))
                .orElse(refused(Kind.API_KEY));
    }

    private PresentedCredential authorization(String value) {
        return afterScheme(value, "Bearer").map(this::token)
                .or(() -> afterScheme(value, "Basic").map(this::basic))
                .orElse(refused(Kind.NONE));
    }

    private PresentedCredential token(String value) {
        return tokens.find(value).map(token -> new PresentedCredential(Kind.TOKEN,
                tokens.live(token) ? Verdict.ACCEPTED : tokens.expired(token) ? Verdict.EXPIRED : Verdict.REFUSED,
                token.account())).orElse(refused(Kind.TOKEN));
    }

    private PresentedCredential basic(String encoded) {
        String[] pair = decode(encoded).split(":", 2);
        return accounts.find(pair[0])
                .map(match -> new PresentedCredential(Kind.BASIC,
                        verdict(match.live() && pair.length == 2 && match.keys().secretKey().equals(pair[1])),
                        match.account(), match.serial()))
                .orElse(refused(Kind.BASIC));
    }

    private static PresentedCredential refused(Kind kind) {
        return new PresentedCredential(kind, Verdict.REFUSED, null);
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
