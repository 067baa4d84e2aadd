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
 * Decides which destinations are trusted with an account's credential: the host of its base URL and those that match
 * {@code trusted-hosts}, over TLS only. Loopback is exempt from TLS, since such traffic does not leave the machine; outside
 * of dev and test mode it still has to be named.
 * <p>
 * The host is taken as {@link URI#getHost()} gives it, which is what the HTTP clients connect to. It is compared without
 * regard to case and otherwise as it is written: a trailing dot, another notation of an address or an encoded character
 * makes it another host, and an address without such a host is never trusted.
 */
public final class TrustedHosts {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[?::1]?|127(\\.\\d{1,3}){3}");

    private final String account;
    private final String baseHost;
    private final List<String> patterns;
    private final boolean loopbackTrusted;

    /** {@code null} if the account is not emulated. */
    private final URI emulator;

    // Most clients call one host, so the last accepted destination is cached, and a hit costs one comparison. Only accepted
    // destinations are cached, so a race between two hosts cannot make a host trusted.
    private volatile Accepted last = new Accepted(null, null);

    private record Accepted(String scheme, String host) {
    }

    /**
     * @param patterns host names, or {@code *.} and a domain for all hosts below it
     * @param loopbackTrusted whether loopback addresses need not be named: dev and test mode
     */
    public TrustedHosts(String account, URI baseUrl, List<String> patterns, boolean loopbackTrusted) {
        this(account, baseUrl, patterns, loopbackTrusted, null);
    }

    private TrustedHosts(String account, URI baseUrl, List<String> patterns, boolean loopbackTrusted, URI emulator) {
        this.emulator = emulator;
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
     * @param patterns the configured patterns, which affect only the message of a rejection
     */
    public static TrustedHosts emulated(String account, URI emulator, List<String> patterns) {
        return new TrustedHosts(account, emulator, patterns, true, emulator);
    }

    /**
     * The address to which a request for this address is sent. While the emulator replaces Hume for the account, it also
     * replaces Hume's hosts that code or configuration names. An address without TLS is not changed, so that it is rejected as
     * in production.
     *
     * @return the same object if the address stays as it is
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
     * @return {@code null} if the destination is trusted with the credential, otherwise the exception for the caller
     */
    public HumeAuthenticationException violation(URI destination) {
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
                return refuse("the host " + name + " is not trusted with it. If it belongs to Hume or to you, add it to "
                        + AccountName.property(account, "trusted-hosts"));
            }
            if (isEncrypted(lowerCase(scheme))) {
                return refuse("the emulator replaces Hume for this account, so that its credential stays on this machine. To"
                        + " call " + name + ", set " + AccountName.property(account, "api-key"));
            }
        }
        if (!isProtected(lowerCase(scheme), name)) {
            return refuse("it would travel unencrypted to " + name + ". Use https in "
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
     * A request that would be trusted, were it not for a proxy that cannot be bypassed.
     *
     * @param destination plain http to a loopback address
     */
    public HumeAuthenticationException readableByProxy(URI destination) {
        return refuse("it would travel unencrypted to the proxy that is configured for " + destination.getHost()
                + ". Exempt this host from the proxy (non-proxy-hosts), use no proxy for the client, or use https");
    }

    /**
     * A request that would be trusted as a WebSocket connection.
     *
     * @param destination with the scheme ws or wss
     */
    public HumeAuthenticationException schemeOfWebSockets(URI destination) {
        return refuse("it would travel unencrypted to " + destination.getHost() + ": " + destination.getScheme()
                + " is a scheme of WebSockets, and a REST client uses TLS for https alone. Use https in the address of the"
                + " request");
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

    private HumeAuthenticationException refuse(String why) {
        return new HumeAuthenticationException(Reason.UNTRUSTED_DESTINATION, account, "The request was not sent, because it"
                + " carries the credential of " + AccountName.describe(account) + " and " + why);
    }

    /** Names are not looked up: what DNS says now may not be what it says when the connection is made. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** @param scheme in lower case, the only spelling that the HTTP clients know */
    public static boolean isEncrypted(String scheme) {
        return scheme.equals("https") || scheme.equals("wss");
    }

    /**
     * The same address with its scheme in lower case. RFC 3986 section 3.1 allows any case, but the HTTP clients compare the
     * scheme exactly, and connect without TLS, to port 80, if it is another spelling of https.
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
