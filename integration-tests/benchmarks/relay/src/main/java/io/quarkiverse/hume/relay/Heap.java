package io.quarkiverse.hume.relay;

import java.lang.management.ManagementFactory;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.smallrye.common.annotation.Blocking;

/** How much of the heap is in use after a garbage collection, in bytes. */
@Path("/heap")
public class Heap {

    @GET
    @Blocking
    public long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
