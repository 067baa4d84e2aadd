package io.quarkiverse.hume.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.PresentedCredential.Kind;
import io.quarkiverse.hume.emulator.PresentedCredential.Verdict;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;

/** Finds the credential of a request and judges it. A credential in the query counts at handshakes only. */
record CredentialReader(EmulatorAccounts accounts) {

    private static final String API_KEY_HEADER = "X-Hume-Api-Key";
    private static final String AUTHORIZATION = "Authorization";

    /** At the token endpoint only the Authorization header counts. */
    PresentedCredential read(ReceivedRequest request) {
        boolean forToken = request.path().equals(TokenEndpoint.PATH);
        return judge(forToken ? List.of() : request.headers().getAll(API_KEY_HEADER), request.headers().getAll(AUTHORIZATION));
    }

    /**
     * At a handshake of the voice platform the query counts as well, in both spellings clients use. The same credential in
     * two places is one, and an empty one is none: some clients send their key twice, or an empty header.
     */
    PresentedCredential readHandshake(ReceivedRequest request) {
        if (request.cloud()) {
            return read(request);
        }
        Set<String> keys = distinct(request.headers().getAll(API_KEY_HEADER), request.parameters("api_key"),
                request.parameters("apiKey"));
        Set<String> authorizations = distinct(request.headers().getAll(AUTHORIZATION));
        distinct(request.parameters("access_token"), request.parameters("accessToken"))
                .forEach(token -> authorizations.add("Bearer " + token));
        PresentedCredential judged = judge(keys, authorizations);
        if (judged.kind() != Kind.API_KEY) {
            return judged;
        }
        String owner = accounts.judgeToken(keys.iterator().next()).account();
        return owner == null ? judged : new PresentedCredential(Kind.API_KEY, Verdict.MISPLACED, owner, 0);
    }

    private PresentedCredential judge(Collection<String> keys, Collection<String> authorizations) {
        if (keys.size() + authorizations.size() > 1) {
            return PresentedCredential.rejected(Kind.SEVERAL);
        }
        return keys.stream().map(key -> accounts.judge(Kind.API_KEY, key, null)).findFirst()
                .or(() -> authorizations.stream().map(this::authorization).findFirst())
                .orElse(PresentedCredential.rejected(Kind.NONE));
    }

    @SafeVarargs
    private static Set<String> distinct(List<String>... values) {
        return Stream.of(values).flatMap(List::stream).filter(value -> !value.isBlank()).collect(Collectors.toSet());
    }

    private PresentedCredential authorization(String value) {
        return afterScheme(value, "Bearer").map(accounts::judgeToken).or(() -> afterScheme(value, "Basic").map(this::basic))
                .orElse(PresentedCredential.rejected(Kind.NONE));
    }

    private PresentedCredential basic(String encoded) {
        String[] pair = decode(encoded).split(":", 2);
        return accounts.judge(Kind.BASIC, pair[0], pair.length == 2 ? pair[1] : "");
    }

    private static String decode(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static Optional<String> afterScheme(String value, String scheme) {
        boolean matches = value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1);
        return matches ? Optional.of(value.substring(scheme.length()).trim()) : Optional.empty();
    }
}
