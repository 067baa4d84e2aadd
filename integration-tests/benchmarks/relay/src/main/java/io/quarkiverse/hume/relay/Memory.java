package io.quarkiverse.hume.relay;

import java.lang.management.ManagementFactory;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.netty.util.internal.PlatformDependent;
import io.smallrye.common.annotation.Blocking;

/** How many bytes of the heap are in use after a garbage collection, and how many Netty has outside of it. */
@Path("/memory")
public class Memory {

    @GET
    @Blocking
    public String used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " "
                + PlatformDependent.usedDirectMemory();
    }
}
