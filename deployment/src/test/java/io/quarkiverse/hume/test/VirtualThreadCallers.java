package io.quarkiverse.hume.test;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Only for applications on a JDK with virtual threads; other builds would fail. */
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
