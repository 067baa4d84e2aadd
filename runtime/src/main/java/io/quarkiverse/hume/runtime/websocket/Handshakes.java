package io.quarkiverse.hume.runtime.websocket;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig.Placement;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.smallrye.mutiny.Uni;

/** Makes the handshakes of one account with one strategy. */
final class Handshakes {

    private static final String BEARER = "Bearer ";

    private final Account account;
    private final RequestCredential credential;

    Handshakes(Account account, HumeStrategy strategy) {
        this.account = account;
        this.credential = account.credential(strategy);
    }

    Account account() {
        return account;
    }

    /** @param placement {@link Placement#AUTO} for what the account's configuration and platform say */
    Uni<HumeHandshake> handshake(URI address, Placement placement) {
        // What is examined is what is connected to: no client is given the address as it was.
        URI uri = TrustedHosts.normalized(address);
        HumeAuthenticationException violation = account.trustedHosts().violation(uri);
        if (violation != null) {
            return Uni.createFrom().failure(violation);
        }
        boolean inQuery = placement(uri, placement) == Placement.QUERY;
        return Uni.createFrom().completionStage(() -> credential.lasting(account.webSocket().minTokenValidity()))
                .map(value -> new HumeHandshake(inQuery ? withCredential(uri, value) : uri,
                        inQuery ? Map.of() : Map.of(credential.headerName(), value), new Told(credential, value)));
    }

    private record Told(RequestCredential credential, String value) implements HumeHandshake.Outcome {

        @Override
        public Uni<Boolean> rejected() {
            return rejected(401);
        }

        @Override
        public Uni<Boolean> rejected(int status) {
            if (status != 401 && status != 403) {
                return Uni.createFrom().item(false);
            }
            return Uni.createFrom()
                    .completionStage(() -> status == 401 ? credential.rejected(value) : credential.forbidden(value))
                    .map(Objects::nonNull);
        }

        @Override
        public void accepted() {
            credential.accepted(value);
        }

        @Override
        public String toString() {
            return "Told";
        }
    }

    private Placement placement(URI uri, Placement wanted) {
        Placement placement = wanted == Placement.AUTO ? account.webSocket().credential() : wanted;
        if (placement != Placement.AUTO) {
            return placement;
        }
        String host = account.baseUrl().getHost().toLowerCase(Locale.ROOT);
        if (host.equals("api.cloud.hume.ai")) {
            return Placement.HEADER;
        }
        boolean voice = host.equals("api.hume.ai") || uri.getRawPath() != null && uri.getRawPath().startsWith("/v0/");
        return voice ? Placement.QUERY : Placement.HEADER;
    }

    /** RFC 3986: what is there stays as it is written; what is added has no character with a meaning of its own. */
    private URI withCredential(URI uri, String value) {
        boolean token = value.startsWith(BEARER) && credential.headerName().equals(RequestCredential.AUTHORIZATION_HEADER);
        String parameter = token ? "access_token=" + encoded(value.substring(BEARER.length())) : "api_key=" + encoded(value);
        String text = uri.toString();
        int fragment = text.indexOf('#');
        String address = fragment < 0 ? text : text.substring(0, fragment);
        String separator = uri.getRawQuery() == null ? "?" : uri.getRawQuery().isEmpty() ? "" : "&";
        return URI.create(address + separator + parameter);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
