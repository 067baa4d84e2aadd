package io.quarkiverse.hume.it;

import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.Config;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.vertx.ext.web.RoutingContext;

/** The signed-in user. A POST to {@code /j_security_check} signs in. */
@Path("/session")
public class SessionResource {

    private final SecurityIdentity identity;
    private final EmulatedHume hume;
    private final Config config;

    public SessionResource(SecurityIdentity identity, EmulatedHume hume, Config config) {
        this.identity = identity;
        this.hume = hume;
        this.config = config;
    }

    /**
     * @param user {@code null} if nobody is signed in
     * @param demoUsers the users of the demonstration; empty if the application calls Hume itself
     */
    public record Session(String user, boolean operator, boolean emulator, List<DemoUser> demoUsers) {
    }

    public record DemoUser(String name, String password) {
    }

    @GET
    public Session session() {
        return new Session(identity.isAnonymous() ? null : identity.getPrincipal().getName(), identity.hasRole("operator"),
                hume.isPresent(), hume.isPresent() ? demoUsers() : List.of());
    }

    /** Signs out. A page of another site cannot send this method. */
    @DELETE
    public void end(RoutingContext context) {
        if (!identity.isAnonymous()) {
            FormAuthenticationMechanism.logout(context);
        }
    }

    private List<DemoUser> demoUsers() {
        return Stream.of("guest", "operator").map(name -> new DemoUser(name, password(name))).toList();
    }

    private String password(String name) {
        return config.getValue("quarkus.security.users.embedded.users." + name, String.class);
    }
}
