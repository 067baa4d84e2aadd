package io.quarkiverse.hume.runtime.handshake;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountSettings;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig;
import io.quarkiverse.hume.runtime.config.WebSocketRuntimeConfig.Placement;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.smallrye.mutiny.Uni;

/** Creates the handshakes of one account with one strategy. */
public final class Handshakes {

    private static final String BEARER = "Bearer ";
    private static final Set<String> CREDENTIAL_PARAMETERS = Set.of("access_token", "api_key");

    /**
     * The accounts and hosts for which the redirection to the emulator has been logged. It is logged once for each combination.
     */
    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    private final Account account;
    private final WebSocketRuntimeConfig settings;
    private final RequestCredential credential;

    private Handshakes(Account account, HumeStrategy strategy, WebSocketRuntimeConfig settings) {
        this.account = account;
        this.settings = settings;
        this.credential = account.credential(strategy);
    }

    /** @throws HumeAuthenticationException if the account is not configured, or it does not support the strategy */
    public static Handshakes of(String account, HumeStrategy strategy) {
        ArcContainer beans = Arc.container();
        return new Handshakes(beans.instance(AccountRegistry.class).get().get(account), strategy,
                beans.instance(AccountSettings.class).get().webSocket(account));
    }

    public Account account() {
        return account;
    }

    /** @see RequestCredential#rejection */
    public String rejection() {
        return credential.rejection();
    }

    /**
     * @param placement where the credential is placed; {@link Placement#AUTO} to use the configuration and the platform of the
     *        account
     */
    public Uni<HumeHandshake> handshake(URI address, Placement placement) {
        // The handshake contains the checked address, so that clients connect to this one and not to the original.
        URI requested = TrustedHosts.normalized(address);
        URI uri = withoutBlankCredential(destination(requested));
        if (carriesCredential(uri)) {
            return Uni.createFrom().item(own(uri, Map.of()));
        }
        HumeAuthenticationException violation = account.trustedHosts().violation(requested, uri);
        if (violation != null) {
            return Uni.createFrom().failure(violation);
        }
        boolean inQuery = placement(uri, placement) == Placement.QUERY;
        return Uni.createFrom().completionStage(() -> credential.lasting(settings.minTokenValidity()))
                .map(value -> new HumeHandshake(inQuery ? withCredential(uri, value) : uri,
                        inQuery ? Map.of() : Map.of(credential.headerName(), value), new AccountOutcome(credential, value)));
    }

    /**
     * Returns the address of the emulator if it replaces Hume for the account and the given address belongs to Hume; otherwise
     * the given address.
     */
    private URI destination(URI address) {
        URI destination = account.trustedHosts().destination(address);
        if (destination != address && REPORTED.add(account.name() + " " + address.getHost())) {
            HumeLog.LOG.connectionsToEmulator(address.getScheme() + "://" + address.getHost(), account.baseUrl(),
                    account.profile().describe(), account.profile().property("api-key"));
        }
        return destination;
    }

    /**
     * Returns a handshake with a credential that the application has set itself. Its destination need not be trusted. While the
     * emulator replaces Hume, addresses of Hume are replaced by the emulator's, because the credential may be that of the
     * emulator.
     *
     * @param headers the headers with the credential; empty if it is in the query of the address
     */
    public HumeHandshake own(URI address, Map<String, String> headers) {
        return new HumeHandshake(withoutBlankCredential(destination(TrustedHosts.normalized(address))), headers,
                ApplicationOutcome.IGNORED);
    }

    /** Whether the query of the address contains a credential that the application has set itself. */
    public static boolean carriesCredential(URI uri) {
        return credentialParameters(uri).anyMatch(parameter -> !isBlank(parameter));
    }

    /** Whether the path of a WebSocket client, which may have path parameters, has a query with a credential. */
    public static boolean isCredentialInPath(String path) {
        int query = path.indexOf('?');
        return query >= 0 && parameters(path.substring(query + 1)).anyMatch(Handshakes::isCredential);
    }

    private static URI withoutBlankCredential(URI uri) {
        if (credentialParameters(uri).noneMatch(Handshakes::isBlank)) {
            return uri;
        }
        String query = parameters(uri.getRawQuery()).filter(parameter -> !isCredential(parameter) || !isBlank(parameter))
                .collect(Collectors.joining("&"));
        String text = uri.toString();
        int fragment = text.indexOf('#');
        return URI.create(text.substring(0, text.indexOf('?')) + (query.isEmpty() ? "" : "?" + query)
                + (fragment < 0 ? "" : text.substring(fragment)));
    }

    /** @param query the raw query; {@code null} if there is none */
    private static Stream<String> parameters(String query) {
        return query == null ? Stream.of() : Arrays.stream(query.split("&"));
    }

    /** The query parameters that carry a credential, in the form {@code name=value} and with their original encoding. */
    public static Stream<String> credentialParameters(URI uri) {
        return parameters(uri.getRawQuery()).filter(Handshakes::isCredential);
    }

    private static boolean isCredential(String parameter) {
        return CREDENTIAL_PARAMETERS.contains(decoded(parameter.split("=", 2)[0]));
    }

    private static boolean isBlank(String parameter) {
        String[] parts = parameter.split("=", 2);
        return parts.length < 2 || decoded(parts[1]).isBlank();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private enum ApplicationOutcome implements HumeHandshake.Outcome {
        IGNORED;

        @Override
        public Uni<Boolean> rejected() {
            return Uni.createFrom().item(false);
        }

        @Override
        public void accepted() {
            // The result does not affect the account, because the handshake did not carry its credential.
        }
    }

    private record AccountOutcome(RequestCredential credential, String value) implements HumeHandshake.Outcome {

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
        public void recovered(int status) {
            credential.accepted(value);
            if (status == 401) {
                credential.recovered(value);
            }
        }

        @Override
        public String toString() {
            return "AccountOutcome";
        }
    }

    private Placement placement(URI uri, Placement wanted) {
        Placement placement = wanted == Placement.AUTO ? settings.credential() : wanted;
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

    /**
     * Adds the credential to the query (RFC 3986). The existing query is not changed, and all reserved characters of the
     * credential are encoded.
     */
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
