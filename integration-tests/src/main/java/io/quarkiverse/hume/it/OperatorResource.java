package io.quarkiverse.hume.it;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.hume.HumeAccounts;
import io.smallrye.common.annotation.Blocking;

/**
 * Simulates faults at the emulator, so that the operator can watch the extension recover from them. The extension is not
 * notified: as in production, it detects a revoked token or a replaced key when Hume rejects it.
 */
@Path("/operator")
@RolesAllowed("operator")
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public class OperatorResource {

    private static final long USUAL_LIFETIME = 1_800_000;
    private static final long SHORT_LIFETIME = 20_000;
    private static final long SLOW = 3_000;
    private static final int SHOWN = 12;

    private final EmulatedHume hume;
    private final HumeAccounts accounts;

    public OperatorResource(EmulatedHume hume, HumeAccounts accounts) {
        this.hume = hume;
        this.accounts = accounts;
    }

    /** @param requests the requests that the emulator received, newest last */
    public record State(boolean outage, boolean slow, boolean shortLived, List<EmulatorControl.Received> requests) {
    }

    public record Switch(boolean on) {
    }

    /** An empty JSON object, which a form on another site cannot send. */
    public record Go() {
    }

    @GET
    @Consumes(MediaType.WILDCARD)
    public State state() {
        EmulatorControl.Overview overview = hume.control().overview();
        return new State(overview.tokenFault() != null, overview.token().latencyMillis() >= SLOW,
                overview.token().lifetimeMillis() <= SHORT_LIFETIME, hume.control().requests(SHOWN).requests());
    }

    @POST
    @Path("/revoke")
    public EmulatorControl.Revoked revoke(Go go) {
        return hume.control().revokeTokens();
    }

    /** Starts or ends an outage of the token endpoint. During the outage, no tokens are issued. Earlier tokens stay valid. */
    @PUT
    @Path("/outage")
    public void outage(Switch wanted) {
        if (wanted.on()) {
            hume.control().breakTokens(new EmulatorControl.Fault(503));
        } else {
            hume.control().repairTokens();
        }
    }

    @PUT
    @Path("/slow")
    public void slow(Switch wanted) {
        hume.control().tokens(new EmulatorControl.TokenSettings(null, wanted.on() ? SLOW : 0));
    }

    /** Applies to tokens that are issued from now on. */
    @PUT
    @Path("/short-lived")
    public void shortLived(Switch wanted) {
        hume.control().tokens(new EmulatorControl.TokenSettings(wanted.on() ? SHORT_LIFETIME : USUAL_LIFETIME, null));
    }

    /** Invalidates the old keys at once, and the tokens that were requested with them. */
    @POST
    @Path("/keys")
    public void regenerateKeys(Go go) {
        RotatedKeys.replace(hume.control().regenerateKeys().accounts(), accounts.all());
    }

    @POST
    @Path("/connections")
    public EmulatorControl.Closed closeConnections(Go go) {
        return hume.control().closeSockets();
    }

    @POST
    @Path("/reset")
    public void reset(Go go) {
        hume.control().reset();
        RotatedKeys.forget();
    }
}
