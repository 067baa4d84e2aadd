package io.quarkiverse.hume.runtime.rest.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;

/**
 * Thousands of addresses, trusted-host entries and chains of redirects: the check allows exactly the addresses that the
 * documented rule allows, and a connection goes to the checked address. Repeat a failure with {@code
 * -Dhume.destinations.seed=<the printed seed>}.
 */
class DestinationPropertyTest {

    private static final String SEED = "hume.destinations.seed";
    private static final int SETTINGS = 100;
    private static final int ADDRESSES = 500;
    private static final int CHAINS = 20_000;
    private static final String SECRET = "canary-of-a-token";

    static LongStream seeds() {
        String seed = System.getProperty(SEED);
        return seed == null ? LongStream.of(1, new Random().nextLong()) : LongStream.of(Long.parseLong(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addresses_areAllowedAsDocumented(long seed) {
        Random random = new Random(seed);
        GeneratedAddresses generated = new GeneratedAddresses(random);
        int legal = 0;
        int allowed = 0;
        for (int setting = 0; setting < SETTINGS; setting++) {
            Settings settings = Settings.generate(generated);
            for (int i = 0; i < ADDRESSES; i++) {
                String address = generated.address(settings.trusted);
                URI uri = parsed(address);
                if (uri != null) {
                    legal++;
                    boolean expected = settings.rule.allowed(address) != null;
                    allowed += expected ? 1 : 0;
                    HumeAuthenticationException violation = settings.hosts.violation(uri);
                    assertThat(violation == null).as("%s=%s: %s with %s: %s", SEED, seed, address, settings.rule, violation)
                            .isEqualTo(expected);
                }
            }
        }
        System.out.println(SEED + "=" + seed + ": " + SETTINGS * ADDRESSES + " addresses, " + legal + " that Java can read, "
                + allowed + " allowed");
        assertThat(allowed).isGreaterThan(SETTINGS * ADDRESSES / 50);
    }

    /** A filter in front of ours, or after it, has set the address: the REST client connects there, or not at all. */
    @ParameterizedTest
    @MethodSource("seeds")
    void connections_goToTheCheckedDestination(long seed) {
        Random random = new Random(seed);
        GeneratedAddresses generated = new GeneratedAddresses(random);
        int requests = 0;
        int connected = 0;
        try (ConnectingClient client = new ConnectingClient()) {
            for (int setting = 0; setting < SETTINGS / 10; setting++) {
                Settings settings = Settings.generate(generated);
                CarriedCredential carried = new CarriedCredential("Authorization", "Bearer " + SECRET, settings.hosts);
                for (int i = 0; i < ADDRESSES; i++) {
                    String address = generated.address(settings.trusted);
                    URI uri = parsed(address);
                    if (uri != null) {
                        List<RequestOptions> connections = client.connections(request -> {
                            HttpClientGuard.of(request).guard(request);
                            carried.putOn(request);
                            request.setUri(uri);
                        });
                        requests++;
                        connected += connections.size();
                        assertConnections(connections, settings.rule.allowed(address), address,
                                SEED + "=" + seed + ": " + address + " with " + settings.rule);
                    }
                }
            }
        }
        System.out.println(SEED + "=" + seed + ": " + requests + " requests, " + connected + " connections");
        assertThat(connected).isGreaterThan(requests / 50);
    }

    private static void assertConnections(List<RequestOptions> connections, DocumentedRule.Target allowed, String address,
            String description) {
        boolean http = address.toLowerCase(Locale.ROOT).matches("https?:.*");
        if (allowed == null || !http) {
            assertThat(connections).as(description).isEmpty();
            return;
        }
        if (allowed.port() > 65_535) {
            assertThat(connections).as(description).hasSizeLessThan(2);
        } else {
            assertThat(connections).as(description).hasSize(1);
        }
        for (RequestOptions connection : connections) {
            assertThat(new DocumentedRule.Target(connection.isSsl(), connection.getHost().toLowerCase(Locale.ROOT),
                    connection.getPort())).as(description).isEqualTo(allowed);
            assertThat(connection.getServer()).as(description).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void redirects_carryTheCredentialWithinTheOriginAlone(long seed) {
        Random random = new Random(seed);
        GeneratedAddresses generated = new GeneratedAddresses(random);
        TrustedHosts hosts = new TrustedHosts("x", URI.create("https://api.hume.ai"), List.of("*.hume.ai"), true);
        DocumentedRule rule = new DocumentedRule("api.hume.ai", List.of("*.hume.ai"), true);
        CarriedCredential carried = new CarriedCredential("Authorization", "Bearer " + SECRET, hosts);
        int kept = 0;
        int hops = 0;
        for (int chain = 0; chain < CHAINS; chain++) {
            RequestOptions current = origin(generated);
            while (rule.allowed(origin(current)) == null) {
                current = origin(generated);
            }
            current.putHeader("Authorization", "Bearer " + SECRET);
            String first = origin(current);
            boolean expected = true;
            List<String> path = new ArrayList<>(List.of(first));
            for (int hop = 0; hop < 5; hop++) {
                RequestOptions target = origin(generated);
                if (generated.one(2)) {
                    // The HTTP client's own decision takes all headers along, one of an application takes none.
                    target.setHeaders(current.getHeaders() == null ? MultiMap.caseInsensitiveMultiMap()
                            : MultiMap.caseInsensitiveMultiMap().setAll(current.getHeaders()));
                }
                boolean elsewhere = generated.one(20);
                if (elsewhere) {
                    unclear(target, generated);
                }
                path.add(origin(target));
                expected &= !elsewhere && origin(target).equals(first);
                RequestOptions next = RedirectGuard.guard(request(current), carried, target);
                String credential = next.getHeaders() == null ? null : next.getHeaders().get("Authorization");
                assertThat(credential).as("%s=%s: %s", SEED, seed, path).isEqualTo(expected ? "Bearer " + SECRET : null);
                kept += expected ? 1 : 0;
                hops++;
                if (elsewhere) {
                    break;
                }
                current = next;
            }
        }
        System.out.println(SEED + "=" + seed + ": " + hops + " redirects, " + kept + " within the origin");
        assertThat(kept).isGreaterThan(CHAINS / 100);
    }

    private static RequestOptions origin(GeneratedAddresses generated) {
        boolean encrypted = generated.one(2);
        String host = generated.one(2) ? "api.hume.ai"
                : generated.pick(List.of("API.hume.ai", "localhost", "evil.com",
                        "api.hume.ai.", "api.hume.ai.evil.com", "[::1]", "127.0.0.1"));
        int port = generated.one(2) ? encrypted ? 443 : 80 : generated.pick(List.of(-1, 80, 443, 8443));
        return new RequestOptions().setSsl(encrypted).setHost(host).setPort(port).setURI("/v0");
    }

    /** Leaves open or contradicts where the connection goes to. */
    private static void unclear(RequestOptions target, GeneratedAddresses generated) {
        switch (generated.pick(List.of(0, 1, 2, 3, 4))) {
            case 0 -> target.setSsl(null);
            case 1 -> target.setHost(null);
            case 2 -> target.setPort(null);
            case 3 -> target.setServer(SocketAddress.inetSocketAddress(1, "evil.com"));
            default -> target.setProxyOptions(new ProxyOptions().setHost("evil.com").setPort(1));
        }
    }

    private static String origin(RequestOptions options) {
        Integer port = options.getPort();
        boolean encrypted = Boolean.TRUE.equals(options.isSsl());
        return (encrypted ? "https" : "http") + "://" + String.valueOf(options.getHost()).toLowerCase(Locale.ROOT) + ":"
                + (port == null || port >= 0 ? port : Integer.valueOf(encrypted ? 443 : 80));
    }

    private static HttpClientRequest request(RequestOptions options) {
        MultiMap headers = options.getHeaders() == null ? MultiMap.caseInsensitiveMultiMap() : options.getHeaders();
        HttpConnection connection = ConnectingClient.proxy(HttpConnection.class,
                (proxy, method, arguments) -> method.getName().equals("isSsl") ? options.isSsl() : null);
        return ConnectingClient.proxy(HttpClientRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "headers" -> headers;
            case "getHost" -> options.getHost();
            case "getPort" -> options.getPort();
            case "connection" -> connection;
            default -> throw new IllegalStateException(method.getName());
        });
    }

    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private record Settings(DocumentedRule rule, TrustedHosts hosts, List<String> trusted) {

        static Settings generate(GeneratedAddresses generated) {
            String base = generated.pick(GeneratedAddresses.BASES);
            List<String> entries = generated.entries();
            boolean loopbackTrusted = generated.one(2);
            String host = base.replaceFirst("https?://", "").replaceFirst("/.*", "").replaceFirst(":\\d+$", "");
            List<String> trusted = new ArrayList<>(List.of(host));
            entries.forEach(entry -> trusted.add(entry.replace("*", "a-1.b")));
            return new Settings(new DocumentedRule(host, entries, loopbackTrusted),
                    new TrustedHosts("x", URI.create(base), entries, loopbackTrusted), trusted);
        }
    }
}
