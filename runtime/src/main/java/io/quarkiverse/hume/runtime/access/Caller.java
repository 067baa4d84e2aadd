package io.quarkiverse.hume.runtime.access;

import io.netty.util.NetUtil;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * Whose requests are counted together.
 *
 * @param signedIn whether it is a user of the application; otherwise it is a network address
 */
public record Caller(boolean signedIn, String name) {

    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int MAPPED_PREFIX_BYTES = 12;

    /** @param user {@code null} or anonymous without a signed-in user; then the address counts */
    public static Caller of(RoutingContext context, SecurityIdentity user) {
        if (user != null && !user.isAnonymous()) {
            return user(user.getPrincipal().getName());
        }
        SocketAddress address = context.request().remoteAddress();
        if (address == null) {
            return address(null);
        }
        // What a trusted proxy forwards is not resolved, and then it is the host.
        return address(address.hostAddress() == null ? address.host() : address.hostAddress());
    }

    static Caller user(String name) {
        return new Caller(true, name);
    }

    /**
     * The network that an address belongs to: an IPv4 address by itself, of an IPv6 address the first 64 bits, since a single
     * host can have all that begin with them. What is not an address is a caller of its own.
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

    /** {@code ::ffff:192.0.2.1} is how a socket for both protocols names an IPv4 client. */
    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < MAPPED_PREFIX_BYTES - 2; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
    }
}
