package io.quarkiverse.hume.runtime.credential;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.HumeHost;

/**
 * Decides which destinations are trusted with an account's credential: the host of its base URL and the hosts that match {@code
 * trusted-hosts}, with TLS only. Loopback addresses do not need TLS, because such traffic does not leave the machine; outside
 * of dev and test mode, they are trusted only if they are listed.
 * <p>
 * The host is the result of {@link URI#getHost()}, to which the HTTP clients connect. It is compared case-insensitively and
 * without any other normalization: a host with a trailing dot, another notation of an address or an encoded character is a
 * different host. An address for which {@link URI#getHost()} returns {@code null} is never trusted.
 */
public final class TrustedHosts {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[?::1]?|127(\\.\\d{1,3}){3}");

    private final String account;
    private final String baseHost;
    private final List<String> patterns;
    private final boolean loopbackTrusted;

    /** {@code null} if the account is not emulated. */
    private final URI emulator;

    /** The host of the base URL that the emulator replaces; {@code null} if it is not known or the account is not emulated. */
    private final String replacedHost;

    /** The emulator that replaces Hume for other accounts only; {@code null} if there is none. */
    private final URI otherEmulator;

    // Most clients call one host, so the last accepted destination is cached, and a hit costs one comparison. Only accepted
    // destinations are cached, so a race between two hosts cannot make a host trusted.
    private volatile Accepted last = new Accepted(null, null);

    private record Accepted(String scheme, String host) {
    }

    /**
     * @param patterns host names, or {@code *.} and a domain for all hosts below it
     * @param loopbackTrusted whether loopback addresses are trusted without being listed, which is the case in dev and test
     *        mode
     */
    public TrustedHosts(String account, URI baseUrl, List<String> patterns, boolean loopbackTrusted) {
        this(account, baseUrl, patterns, loopbackTrusted, null, null, null);
    }

    private TrustedHosts(String account, URI baseUrl, List<String> patterns, boolean loopbackTrusted, URI emulator,
            String replacedHost, URI otherEmulator) {
        this.emulator = emulator;
        this.replacedHost = lowerCase(replacedHost);
        this.otherEmulator = otherEmulator;
        this.account = account;
        this.baseHost = lowerCase(baseUrl.getHost());
        this.patterns = new ArrayList<>();
        for (String pattern : patterns) {
            this.patterns.add(lowerCase(pattern));
        }
        this.loopbackTrusted = loopbackTrusted;
    }

    /**
     * For an account that the emulator replaces: its credential is not sent to other machines.
     *
     * @param emulator a loopback address
     * @param patterns the configured patterns, which determine for which hosts of Hume the emulator receives the credential
     * @param replaced the base URL that the emulator replaces; {@code null} if it is not known, so that the emulator receives
     *        the credential for all hosts of Hume
     */
    public static TrustedHosts emulated(String account, URI emulator, List<String> patterns, URI replaced) {
        return new TrustedHosts(account, emulator, patterns, true, emulator, replaced == null ? null : replaced.getHost(),
                null);
    }

    /**
     * For an account with keys of its own while the emulator replaces Hume for other accounts: its credential may be real, so
     * it is not sent to the emulator.
     *
     * @param emulator a loopback address
     */
    public static TrustedHosts besideEmulator(String account, URI baseUrl, List<String> patterns, boolean loopbackTrusted,
            URI emulator) {
        return new TrustedHosts(account, baseUrl, patterns, loopbackTrusted, null, null, emulator);
    }

    /** Whether the emulator replaces Hume for the account. */
    public boolean isEmulated() {
        return emulator != null;
    }

    /**
     * The address to which a request for this address is sent. While the emulator replaces Hume for the account, it also
     * replaces Hume's hosts that code or configuration names. An address without TLS is not changed, so that it is rejected as
     * in production.
     *
     * @return the same object if the address does not change
     */
    public URI destination(URI requested) {
        if (emulator == null || !HumeHost.isHume(lowerCase(requested.getHost()))) {
            return requested;
        }
        String scheme = lowerCase(requested.getScheme());
        if (scheme == null || !isEncrypted(scheme)) {
            return requested;
        }
        return URI.create((scheme.equals("wss") ? "ws" : "http") + "://" + emulator.getRawAuthority()
                + requested.getRawPath() + (requested.getRawQuery() == null ? "" : "?" + requested.getRawQuery()));
    }

    /**
     * @param requested the address before {@link #destination} has changed it. Without the emulator, it has to be trusted, so
     *        that a call fails in tests as it does in production
     * @param destination the address to which the request is sent
     * @return {@code null} if the destination is trusted with the credential, otherwise the exception for the caller
     */
    public HumeAuthenticationException violation(URI requested, URI destination) {
        if (replacedHost != null) {
            String host = lowerCase(requested.getHost());
            if (HumeHost.isHume(host) && !host.equals(replacedHost) && !matches(host)) {
                return notTrusted(host);
            }
        }
        return violation(destination);
    }

    /**
     * @return {@code null} if the destination is trusted with the credential, otherwise the exception for the caller
     */
    public HumeAuthenticationException violation(URI destination) {
        if (otherEmulator != null && isOtherEmulator(destination)) {
            return refuse("it may be real, because the emulator at " + otherEmulator + " does not replace Hume for this"
                    + " account. Remove the URL of the client, so that it calls Hume; to call the emulator, remove "
                    + AccountName.property(account, "api-key"));
        }
        String scheme = destination.getScheme();
        String host = destination.getHost();
        Accepted known = last;
        if (host != null && host.equals(known.host) && known.scheme.equals(scheme)) {
            return null;
        }
        if (host == null || scheme == null) {
            return refuse("it names no host that could be checked: " + withoutSecrets(destination));
        }
        String name = lowerCase(host);
        if (!isTrusted(name)) {
            if (!matches(name)) {
                return notTrusted(name);
            }
            if (isEncrypted(lowerCase(scheme))) {
                return refuse(
                        "the emulator replaces Hume for this account, so that its credential is not sent to other machines. To"
                                + " call " + name + ", set " + AccountName.property(account, "api-key"));
            }
        }
        if (!isProtected(lowerCase(scheme), name)) {
            return refuse("it would be sent unencrypted to " + name + ". Use https in "
                    + AccountName.property(account, "base-url")
                    + " and in the client's URL, or storks for service discovery with Stork");
        }
        last = new Accepted(scheme, host);
        return null;
    }

    /** Whether the destination is trusted with the credential: the same result as {@link #violation}, without the reason. */
    public boolean trusts(String scheme, String host) {
        String name = lowerCase(host);
        return scheme != null && name != null && isTrusted(name) && isProtected(lowerCase(scheme), name);
    }

    /**
     * Returns the exception for a request to a trusted destination that would go through a proxy which cannot be bypassed and
     * could read the credential.
     *
     * @param destination a loopback address with the scheme http
     */
    public HumeAuthenticationException readableByProxy(URI destination) {
        return refuse(readable(destination));
    }

    /**
     * Returns the same exception for a request that carries a credential of the application.
     *
     * @param destination a loopback address without TLS
     */
    public HumeAuthenticationException ownReadableByProxy(URI destination) {
        return new HumeAuthenticationException(Reason.UNTRUSTED_DESTINATION, account, "The request was not sent, because it"
                + " carries a credential of the application and " + readable(destination));
    }

    private static String readable(URI destination) {
        return "it would be sent unencrypted to the proxy that is configured for " + destination.getHost()
                + ". Exempt this host from the proxy (non-proxy-hosts), use no proxy for the client, or use https";
    }

    /**
     * Returns the exception for a request of a REST client whose address has a scheme of WebSockets. The same address is
     * trusted for WebSocket connections.
     *
     * @param destination an address with the scheme ws or wss
     */
    public HumeAuthenticationException schemeOfWebSockets(URI destination) {
        return refuse("it would be sent unencrypted to " + destination.getHost() + ": " + destination.getScheme()
                + " is a scheme of WebSockets, and a REST client uses TLS for https alone. Use https in the address of the"
                + " request");
    }

    private boolean isOtherEmulator(URI destination) {
        return destination.getPort() == otherEmulator.getPort() && destination.getHost() != null
                && isLoopback(lowerCase(destination.getHost()));
    }

    private boolean isTrusted(String host) {
        return host.equals(baseHost) || emulator == null && matches(host) || loopbackTrusted && isLoopback(host);
    }

    private boolean matches(String host) {
        for (String pattern : patterns) {
            if (pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
                    : host.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isProtected(String scheme, String host) {
        return isEncrypted(scheme) || (scheme.equals("http") || scheme.equals("ws")) && isLoopback(host);
    }

    private HumeAuthenticationException notTrusted(String host) {
        return refuse("the host " + host + " is not trusted with it. If it belongs to Hume or to you, add it to "
                + AccountName.property(account, "trusted-hosts"));
    }

    private HumeAuthenticationException refuse(String why) {
        return new HumeAuthenticationException(Reason.UNTRUSTED_DESTINATION, account, "The request was not sent, because it"
                + " carries the credential of " + AccountName.describe(account) + " and " + why);
    }

    /**
     * Whether this is a loopback address. Names are not resolved, because the result may differ from the one that is used when
     * the connection is opened.
     */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** @param scheme the scheme in lower case, because the HTTP clients recognize only this spelling */
    public static boolean isEncrypted(String scheme) {
        return scheme.equals("https") || scheme.equals("wss");
    }

    /**
     * Returns the same address with its scheme in lower case. RFC 3986 section 3.1 allows any case, but the HTTP clients
     * compare the scheme case-sensitively: with another spelling of https, they connect to port 80 without TLS.
     */
    public static URI normalized(URI address) {
        String scheme = address.getScheme();
        if (scheme == null || scheme.equals(lowerCase(scheme))) {
            return address;
        }
        return URI.create(lowerCase(scheme) + address.toString().substring(scheme.length()));
    }

    private static String withoutSecrets(URI uri) {
        return uri.toString().replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    private static String lowerCase(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
