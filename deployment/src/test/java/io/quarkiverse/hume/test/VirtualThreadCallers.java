package io.quarkiverse.hume.test;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Part of the application only on a JDK with virtual threads, because the build would fail on other JDKs. */
@Path("/callers/{account}/{id}/virtual")
public class VirtualThreadCallers {

    @Inject
    CallerContextTest.Callers callers;

    @GET
    @RunOnVirtualThread
    public String virtual(@RestPath String account, @RestPath String id) {
        return callers.plain(account, id);
    }
}
