package io.quarkiverse.hume.relay;

import java.lang.management.ManagementFactory;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.netty.util.internal.PlatformDependent;
import io.smallrye.common.annotation.Blocking;

/**
 * Returns the number of bytes of the heap that are in use after a garbage collection, and the number of bytes that Netty has
 * allocated outside of the heap.
 */
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
