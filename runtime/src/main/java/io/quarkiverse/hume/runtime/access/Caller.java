package io.quarkiverse.hume.runtime.access;

import io.netty.util.NetUtil;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * The caller to whom the requests of an endpoint are counted: a signed-in user or a network address.
 *
 * @param signedIn {@code true} for a user of the application, {@code false} for a network address
 */
public record Caller(boolean signedIn, String name) {

    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int MAPPED_PREFIX_BYTES = 12;

    /** @param user the user of the request; if this is {@code null} or anonymous, the network address is the caller */
    public static Caller of(RoutingContext context, SecurityIdentity user) {
        if (user != null && !user.isAnonymous()) {
            return user(user.getPrincipal().getName());
        }
        SocketAddress address = context.request().remoteAddress();
        if (address == null) {
            return address(null);
        }
        // An address that was taken from a proxy's header is not resolved, so it is available only as the host.
        return address(address.hostAddress() == null ? address.host() : address.hostAddress());
    }

    static Caller user(String name) {
        return new Caller(true, name);
    }

    /**
     * Returns the caller for a network address. An IPv4 address is one caller. IPv6 addresses with the same first 64 bits are
     * one caller, because a single host can have all of them. A text that is not an address is one caller.
     *
     * @param address as text, with or without brackets and scope; {@code null} if it is not known
     */
    static Caller address(String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address.trim());
        if (bytes == null) {
            return new Caller(false, String.valueOf(address));
        }
        if (bytes.length != IPV6_BYTES) {
            return new Caller(false, NetUtil.bytesToIpAddress(bytes));
        }
        if (isMapped(bytes)) {
            return new Caller(false, NetUtil.bytesToIpAddress(bytes, MAPPED_PREFIX_BYTES, IPV6_BYTES - MAPPED_PREFIX_BYTES));
        }
        byte[] network = new byte[IPV6_BYTES];
        System.arraycopy(bytes, 0, network, 0, IPV6_NETWORK_BYTES);
        return new Caller(false, NetUtil.bytesToIpAddress(network) + "/64");
    }

    /**
     * Whether this is an IPv4 address that is mapped to IPv6, such as {@code ::ffff:192.0.2.1}. A socket for both protocols
     * reports IPv4 clients in this form.
     */
    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < MAPPED_PREFIX_BYTES - 2; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
    }
}
